// Reads the evidence of a log with Go's libraries for transparency logs. Its argument names a JSON file with a list of questions; it
// answers each with a line of JSON.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/transparency-dev/formats/log"
	cosignature "github.com/transparency-dev/formats/note"
	tlogproof "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/formats/witness"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// signed is a note and the keys that must all have signed it; witnesses by a cosignature.
type signed struct {
	Note            []byte
	Keys, Witnesses []string
}

// question holds bytes as base64; which fields there are depends on what is asked.
type question struct {
	signed
	Ask     string
	Older   signed   // an older checkpoint
	Proof   []byte   // text of a tlog-proof
	Path    [][]byte // hashes of a consistency proof
	Entries [][]byte // entries of the log, from the first; of an inclusion the one
	Tiles   string   // folder that holds tile/
	Names   []int64  // indexes of tiles
	Policy  []byte   // text of a tlog-policy
	Origin  string   // of the log to make
}

type signer struct {
	Name, ID string
	Time     int64
}

// answer says in Refused why the evidence does not hold.
type answer struct {
	Refused, Text, Origin, Rest string
	Size                        uint64
	Root                        []byte
	Signers                     []signer
	Names                       []string
	Made                        *made
	Enough                      bool
}

type refusal struct{ error }

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(refusal{err})
	}
}

func main() {
	var questions []question
	check(json.Unmarshal(must(os.ReadFile(os.Args[1])), &questions))
	for _, q := range questions {
		check(json.NewEncoder(os.Stdout).Encode(reply(q)))
	}
}

func reply(q question) (a answer) {
	defer func() {
		switch why := recover().(type) {
		case nil:
		case refusal:
			a = answer{Refused: why.Error()}
		default:
			panic(why)
		}
	}()
	switch q.Ask {
	case "note":
		return open(q.signed)
	case "checkpoint":
		return checkpoint(q.signed)
	case "inclusion":
		return inclusion(q)
	case "consistency":
		older, newer := checkpoint(q.Older), checkpoint(q.signed)
		check(proof.VerifyConsistency(rfc6962.DefaultHasher, older.Size, newer.Size, q.Path, older.Root, newer.Root))
		return newer
	case "tiles":
		return tiles(q)
	case "names":
		for _, n := range q.Names {
			a.Names = append(a.Names, tilePath(tlog.Tile{H: 8, N: n, W: 256}))
		}
		return a
	case "policy":
		return answer{Enough: must(witness.ParsePolicy(q.Policy)).Satisfied(q.Note)}
	case "make":
		return answer{Made: makeLog(q.Origin, q.Entries)}
	}
	panic("no such question: " + q.Ask)
}

func open(s signed) (a answer) {
	var verifiers []note.Verifier
	for _, key := range s.Keys {
		verifiers = append(verifiers, must(note.NewVerifier(key)))
	}
	for _, key := range s.Witnesses {
		verifiers = append(verifiers, must(cosignature.NewVerifierForCosignatureV1(key)))
	}
	opened := must(note.Open(s.Note, note.VerifierList(verifiers...)))
	for i, signature := range opened.Sigs {
		by := signer{Name: signature.Name, ID: fmt.Sprintf("%08x", signature.Hash)}
		if i >= len(s.Keys) {
			by.Time = must(cosignature.CoSigV1Timestamp(signature)).Unix()
		}
		a.Signers = append(a.Signers, by)
	}
	if len(a.Signers) != len(verifiers) {
		check(fmt.Errorf("%d of %d signed", len(a.Signers), len(verifiers)))
	}
	a.Text = opened.Text
	return a
}

func checkpoint(s signed) answer {
	a := open(s)
	var c log.Checkpoint
	a.Rest = string(must(c.Unmarshal([]byte(a.Text))))
	a.Origin, a.Size, a.Root = c.Origin, c.Size, c.Hash
	return a
}

func inclusion(q question) answer {
	var p tlogproof.TLogProof
	check(p.Unmarshal(q.Proof))
	if !bytes.Equal(p.Marshal(), q.Proof) {
		check(fmt.Errorf("not as Go writes it"))
	}
	a := checkpoint(signed{p.Checkpoint, q.Keys, q.Witnesses})
	var path [][]byte
	for _, hash := range p.Hashes {
		path = append(path, hash[:])
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(q.Entries[0])
	check(proof.VerifyInclusion(rfc6962.DefaultHasher, p.Index, a.Size, leaf, path, a.Root))
	return a
}
