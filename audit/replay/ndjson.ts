/** Characters that go out together at least, but for the last. */
const CHUNK = 32_768;

/** Values as lines of JSON, some together: as many as make a piece worth sending. Nothing is read ahead of who takes them. */
export async function* ndjson(values: AsyncIterable<unknown>): AsyncGenerator<string, void> {
  let lines = '';
  for await (const value of values) {
    lines += `${JSON.stringify(value)}\n`;
    if (lines.length < CHUNK) continue;
    yield lines;
    lines = '';
  }
  if (lines !== '') yield lines;
}
