import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';

/** What a key's signatures are over: the note's text (C2SP signed-note), or the text and the time (C2SP tlog-cosignature). */
export type SignatureType = 'ED25519' | 'COSIGNATURE';

const TYPE_BYTE: Readonly<Record<SignatureType, number>> = { ED25519: 0x01, COSIGNATURE: 0x04 };
const PUBLIC_BYTES = 32;
const NAME = /^[^\s+]+$/u;
/** DER before the 32 bytes of an Ed25519 key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A public key by which notes are checked: name and id together name it. */
export type VerifierKey = {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
  readonly type: SignatureType;
  readonly publicKey: Buffer;
};

/** A key that signs notes under a name. `seed`: the 32 secret bytes of RFC 8032. */
export type SignerKey = VerifierKey & { readonly seed: Buffer };

/** `<name>+<id>+<base64(type || public key)>` (C2SP signed-note, verifier keys). */
export const formatVerifierKey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${toBase64(Buffer.concat([Buffer.of(TYPE_BYTE[type]), publicKey]))}`;

/** Reads a verifier key; undefined when it is none, or of a type that is not known here. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const parts = split(text);
  const type = parts && typeOf(parts.material);
  if (!parts || !type) return undefined;
  const key = verifierKey(parts.name, type, parts.material.subarray(1));
  return parts.material.length === 1 + PUBLIC_BYTES && key.id === parts.id ? key : undefined;
}

/** `PRIVATE+KEY+<name>+<id>+<base64(type || seed)>`, as Go's sumdb/note writes it. */
export const formatSignerKey = ({ name, id, type, seed }: SignerKey): string =>
  `${PRIVATE}${name}+${id}+${toBase64(Buffer.concat([Buffer.of(TYPE_BYTE[type]), seed]))}`;

/** Reads a signer key; undefined when it is none. */
export function parseSignerKey(text: string): SignerKey | undefined {
  const parts = text.startsWith(PRIVATE) ? split(text.slice(PRIVATE.length)) : undefined;
  const type = parts && typeOf(parts.material);
  if (!parts || !type || parts.material.length !== 1 + PUBLIC_BYTES) return undefined;
  const key = signerKey(parts.name, type, parts.material.subarray(1));
  return key.id === parts.id ? key : undefined;
}

/** @throws RangeError when no key may have this name */
export function verifierKey(name: string, type: SignatureType, publicKey: Buffer): VerifierKey {
  if (!NAME.test(name)) throw new RangeError(`a key may not be named ${JSON.stringify(name)}`);
  const id = createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(TYPE_BYTE[type]))
    .update(publicKey)
    .digest('hex')
    .slice(0, 8);
  return { name, id, type, publicKey };
}

/** A signer of 32 secret bytes. @throws RangeError as {@link verifierKey} */
export function signerKey(name: string, type: SignatureType, seed: Buffer): SignerKey {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return { ...verifierKey(name, type, spki.subarray(SPKI.length)), seed };
}

/** Ed25519 (RFC 8032) over a message. */
export const signBytes = ({ seed }: SignerKey, message: Buffer): Buffer =>
  sign(null, message, privateKey(seed));

/** Whether an Ed25519 signature over a message is this key's. */
export const verifyBytes = ({ publicKey }: VerifierKey, message: Buffer, signature: Buffer): boolean =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

const PRIVATE = 'PRIVATE+KEY+';

const privateKey = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });

function split(text: string) {
  const [name, id, encoded = '', ...more] = splitAtPlus(text);
  const material = fromBase64(encoded);
  if (!name || !id || !material || more.length > 0 || !NAME.test(name) || !/^[0-9a-f]{8}$/.test(id))
    return undefined;
  return { name, id, material };
}

/** Base64 may hold a plus, names and ids may not: only the first two divide. */
function splitAtPlus(text: string): string[] {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  return first < 0 || second < 0
    ? [text]
    : [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

const typeOf = (material: Buffer): SignatureType | undefined =>
  (Object.keys(TYPE_BYTE) as SignatureType[]).find((type) => TYPE_BYTE[type] === material[0]);
