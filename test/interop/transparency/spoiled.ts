/** Copies of a text, each with another byte changed into one that means something else: a digit stays one, other letters change their case. */
export const spoiled = (text: Buffer): Buffer[] =>
  [...text.keys()].map((at) => {
    const copy = Buffer.from(text);
    const byte = text[at] as number;
    const digit = byte >= 0x30 && byte <= 0x39;
    // No change of a last base64 letter that leaves its bytes as they are: Go's decoder does not mind those.
    copy[at] = byte ^ (digit ? 0x04 : 0x20);
    return copy;
  });
