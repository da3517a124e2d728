/**
 * Reads a bundle until its first event is there, so that what is refused is refused before anybody was given anything.
 *
 * @returns the whole bundle, in pieces of many lines
 */
export async function begun(bundle: AsyncGenerator<string>): Promise<AsyncGenerator<string>> {
  const head: string[] = [];
  for (;;) {
    const { value, done } = await bundle.next();
    if (done) break;
    head.push(value);
    if (value.startsWith('{"event"') || value.startsWith('{"end"')) break;
  }
  return pieces(head, bundle);
}

const LINES = 200;

async function* pieces(head: readonly string[], rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head.join('');
  let some: string[] = [];
  for await (const line of rest) {
    if (some.push(line) < LINES) continue;
    yield some.join('');
    some = [];
  }
  if (some.length > 0) yield some.join('');
}
