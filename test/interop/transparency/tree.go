package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"

	"github.com/transparency-dev/formats/log"
	cosignature "github.com/transparency-dev/formats/note"
	tlogproof "github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// folder has tiles where C2SP tlog-tiles wants them: Go's own layout without the height, which is 8.
type folder string

func tilePath(t tlog.Tile) string { return strings.Replace(t.Path(), "tile/8/", "tile/", 1) }

func (f folder) Height() int                     { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(wanted []tlog.Tile) (data [][]byte, err error) {
	for _, t := range wanted {
		tile, err := os.ReadFile(filepath.Join(string(f), tilePath(t)))
		if err != nil {
			return nil, err
		}
		data = append(data, tile)
	}
	return data, nil
}

// tiles proves each entry from the tiles alone.
func tiles(q question) answer {
	a := checkpoint(q.signed)
	size, root := int64(len(q.Entries)), tlog.Hash(a.Root)
	reader := tlog.TileHashReader(tlog.Tree{N: int64(a.Size), Hash: root}, folder(q.Tiles))
	if must(tlog.TreeHash(size, reader)) != root {
		check(os.ErrInvalid)
	}
	for n, entry := range q.Entries {
		path := must(tlog.ProveRecord(size, int64(n), reader))
		check(tlog.CheckRecord(path, size, root, int64(n), tlog.RecordHash(entry)))
	}
	return a
}

// made is a log of Go: keys, its cosigned checkpoint, a proof of each entry, and of each size its root and that the log goes on from it.
type made struct {
	Key, Witness string
	Note         []byte
	Proofs       [][]byte
	Roots        []tlog.Hash
	Consistency  []tlog.TreeProof
}

func makeLog(origin string, entries [][]byte) *made {
	m := &made{}
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) (found []tlog.Hash, err error) {
		for _, i := range indexes {
			found = append(found, hashes[i])
		}
		return found, nil
	})
	for n, entry := range entries {
		hashes = append(hashes, must(tlog.StoredHashes(int64(n), entry, reader))...)
		m.Roots = append(m.Roots, must(tlog.TreeHash(int64(n+1), reader)))
	}

	secret, key, err := note.GenerateKey(rand.Reader, origin)
	check(err)
	witnessSecret, witnessKey, err := note.GenerateKey(rand.Reader, origin+"/witness")
	check(err)
	m.Key, m.Witness = key, must(cosignature.VKeyToCosignatureV1(witnessKey))
	size := int64(len(entries))
	text := log.Checkpoint{Origin: origin, Size: uint64(size), Hash: m.Roots[size-1][:]}.Marshal()
	witness := must(cosignature.NewSignerForCosignatureV1(witnessSecret))
	m.Note = must(note.Sign(&note.Note{Text: string(text)}, must(note.NewSigner(secret)), witness))

	for n := range size {
		p := tlogproof.TLogProof{Index: uint64(n), Checkpoint: m.Note}
		for _, hash := range must(tlog.ProveRecord(size, n, reader)) {
			p.Hashes = append(p.Hashes, hash)
		}
		m.Proofs = append(m.Proofs, p.Marshal())
		m.Consistency = append(m.Consistency, must(tlog.ProveTree(size, n+1, reader)))
	}
	return m
}
