import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

const linesOf = (write: (log: ReturnType<typeof createLogger>) => void): string[] => {
  const lines: string[] = [];
  write(createLogger('test', { destination: { write: (line: string) => void lines.push(line) } }));
  return lines;
};

test('personal numbers, contacts and secrets never reach a log line, however deep they sit', () => {
  const person = {
    name: 'Nguyễn Văn A',
    number: '001099000001',
    mobile: '0900000000',
    email: 'a@example.vn',
  };
  const [line = ''] = linesOf((log) =>
    log.info(
      { person, dossier: { registrant: person, organisation: { representative: person } }, password: 'x1y2' },
      'filed',
    ),
  );
  expect(line).toContain('Nguyễn Văn A');
  for (const hidden of ['001099000001', '0900000000', 'a@example.vn', 'x1y2'])
    expect(line).not.toContain(hidden);
  expect(line).toContain('[redacted]');
});
