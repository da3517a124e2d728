const switches = new Map(
  (process.env.ORGEID_FAILPOINTS ?? '')
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry): [string, number] => {
      const [name = '', hit = '1'] = entry.split(':');
      return [name, Number(hit)];
    }),
);

/**
 * Ends the process as a crash would at a named point, when a test armed it: `ORGEID_FAILPOINTS=record.committed:3`
 * kills at the third time the point is passed. Off unless the variable is set.
 */
export function failpoint(name: string): void {
  const left = switches.get(name);
  if (left === undefined) return;
  if (left > 1) switches.set(name, left - 1);
  else process.kill(process.pid, 'SIGKILL');
}
