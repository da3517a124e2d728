import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import {
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
  parseVerifierKey,
  signerKey,
  type VerifierKey,
} from './keys.ts';
import { formatLine, formatNote, parseLine, parseNote, signText, verifyNote } from './note.ts';
import { formatTlogProof, parseTlogProof } from './tlogProof.ts';

const known = (text: string): VerifierKey => parseVerifierKey(text) as VerifierKey;
const read = (text: string) => {
  const note = parseNote(text);
  if (!note) throw new Error('not a note');
  return note;
};

describe('what the specifications publish', () => {
  const example = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
  const foo = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';

  test('the example of signed-note verifies by its key', () => {
    const note = read(example);
    expect(note.text).toBe('This is an example message.\n');
    expect(verifyNote(note, [known(foo)])).toEqual({ valid: true, by: [{ key: known(foo) }] });
    expect(formatNote(note)).toBe(example);
    expect(formatVerifierKey(known(foo))).toBe(foo);
  });

  test('Go’s signer of sumdb/note signs the same here, byte by byte', () => {
    const signer = parseSignerKey(
      'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
    );
    if (!signer) throw new Error('not a key');
    const text =
      'If you think cryptography is the answer to your problem,\n' +
      "then you don't know what your problem is.\n";
    expect(formatLine(signText(signer, text))).toBe(
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
    );
    expect(formatVerifierKey(signer)).toBe(
      'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    );
    expect(formatSignerKey(signer)).toBe(
      'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
    );
  });

  test('a key of a cosigner is read as formats/note reads it', () => {
    const key = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
    expect(known(key)).toMatchObject({ name: 'remora.n621.de', id: 'da77ade7', type: 'COSIGNATURE' });
    expect(formatVerifierKey(known(key))).toBe(key);
  });

  test('the cosigned checkpoint of tlog-cosignature is read with the time of its witness', () => {
    const note = read(`example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`);
    const checkpoint = parseCheckpoint(note.text);
    expect(checkpoint).toMatchObject({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      extensions: [],
    });
    expect(checkpoint && formatCheckpoint(checkpoint)).toBe(note.text);
    expect(note.signatures[1]?.signature.readBigUInt64BE()).toBe(1_679_315_147n);
  });

  test.each([
    'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!',
    'rekor.sigstore.dev+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'bananas.sigstore.dev+12344556',
    '',
  ])('%s is no key', (text) => expect(parseVerifierKey(text)).toBeUndefined());
});

const log = signerKey('example.org/log', 'ED25519', Buffer.alloc(32, 1));
const witness = signerKey('example.org/witness', 'COSIGNATURE', Buffer.alloc(32, 2));
const other = signerKey('example.org/log', 'ED25519', Buffer.alloc(32, 3));

describe('a signed note', () => {
  const text = 'example.org/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  const note = { text, signatures: [signText(log, text), signText(witness, text, 1_700_000_000)] };

  test('holds for each key that signed it, and says when a witness did', () => {
    expect(verifyNote(read(formatNote(note)), [log, witness, other])).toEqual({
      valid: true,
      by: [{ key: log }, { key: witness, time: 1_700_000_000 }],
    });
  });

  test('is nobody’s when no known key signed it', () => {
    expect(verifyNote(note, [other])).toEqual({ valid: false });
    expect(verifyNote(note, [])).toEqual({ valid: false });
  });

  test('is spoilt by one wrong signature of a known key, whoever else signed', () => {
    const wrong = { ...signText(witness, `${text}x\n`, 5) };
    expect(verifyNote({ text, signatures: [signText(log, text), wrong] }, [log, witness])).toEqual({
      valid: false,
      key: witness,
    });
  });

  prop.prop([fc.nat()])('with any bit changed is not read, or does not hold for both keys', (pick) => {
    const bytes = Buffer.from(formatNote(note));
    const bit = pick % (bytes.length * 8);
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
    const changed = bytes.toString('utf8');
    const parsed = Buffer.from(changed).equals(bytes) ? parseNote(changed) : undefined;
    const verdict = parsed && verifyNote(parsed, [log, witness]);
    expect(verdict?.valid && verdict.by.length === 2).not.toBe(true);
  });

  test.each([
    ['no empty line', 'text\n— a Uw2QOkn8\n'],
    ['no signature', 'text\n\n'],
    ['no newline at the end', formatNote(note).slice(0, -1)],
    ['another dash', formatNote(note).replaceAll('—', '-')],
    ['a tab', formatNote({ ...note, text: `a\tb\n` })],
    ['base64 that is not how the bytes are written', 'text\n\n— a Uw2QOkn9srV=\n'],
  ])('with %s is none', (_, text) => expect(parseNote(text)).toBeUndefined());

  test('may have empty lines in its text', () => {
    const verse = 'one\n\ntwo\n';
    expect(read(formatNote({ text: verse, signatures: [signText(log, verse)] })).text).toBe(verse);
  });

  test('reads a line as it is written', () => {
    const line = signText(log, text);
    expect(parseLine(formatLine(line).slice(0, -1))).toEqual(line);
  });
});

describe('a checkpoint', () => {
  test.each([
    'example.org/log\n07\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'example.org/log\n-7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'example.org/log\n7\nCsUY\n',
    '\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'example.org/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n',
    'example.org/log\n99007199254740993\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'example.org/log\n7\n',
  ])('%j is none', (text) => expect(parseCheckpoint(text)).toBeUndefined());

  test('may have lines of its own', () => {
    const text = 'example.org/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\npolicies abc\n';
    expect(parseCheckpoint(text)?.extensions).toEqual(['policies abc']);
  });
});

describe('a tlog-proof', () => {
  const path = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  test.each([
    { index: 5, path, checkpoint: 'test checkpoint\n' },
    {
      index: 10,
      path: path.slice(1),
      checkpoint: 'checkpoint data\n',
      extra: Buffer.from('extra information'),
    },
    { index: 0, path: [], checkpoint: 'checkpoint\n' },
  ])('is read as it is written', (proof) => expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof));

  test('is written as the specification shows it', () => {
    expect(formatTlogProof({ index: 0, path: [], checkpoint: 'checkpoint\n' })).toBe(
      'c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n',
    );
  });

  test.each([
    'wrong-header\nindex 0\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex 01\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n',
    `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(64).toString('base64')}\n\ncheckpoint\n`,
    'c2sp.org/tlog-proof@v1\nindex 0\n',
  ])('%j is none', (text) => expect(parseTlogProof(text)).toBeUndefined());
});
