// The health check of the containers: exits 0 when the address answers 200 and, where a word is given, says that word.
const [address = '', word = ''] = process.argv.slice(2);

try {
  const answer = await fetch(address, { signal: AbortSignal.timeout(3_000) });
  process.exitCode = answer.ok && (await answer.text()).includes(word) ? 0 : 1;
} catch {
  process.exitCode = 1;
}
