/** More than any QR code holds. */
const MOST = 16_384;

/**
 * The first line that is not blank, as soon as its end has come: a QR scanner types like a keyboard and never ends the input. What comes
 * after it is left; without a line end, all there is.
 */
export async function readScan(input: AsyncIterable<Uint8Array | string>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of input) {
    text += typeof part === 'string' ? part : decoder.decode(part, { stream: true });
    const [, line] = /^\s*(\S[^\r\n]*)[\r\n]/.exec(text) ?? [];
    if (line !== undefined) return line;
    if (text.length > MOST) break;
  }
  return text;
}
