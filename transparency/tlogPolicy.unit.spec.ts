import { expect, test } from 'vitest';
import { formatVerifierKey, signerKey } from './keys.ts';
import { parseTlogPolicy } from './tlogPolicy.ts';

const log = signerKey('example.org/log', 'ED25519', Buffer.alloc(32, 1));
const [x1, x2, x3, y1, y2] = [2, 3, 4, 5, 6].map((n) =>
  signerKey(`witness.example/${n}`, 'COSIGNATURE', Buffer.alloc(32, n)),
) as [typeof log, typeof log, typeof log, typeof log, typeof log];
const vkey = formatVerifierKey;

const text = `
# two of one house, one of another
log ${vkey(log)}  https://log.example
witness X1 ${vkey(x1)} https://x1.example
witness\tX2 ${vkey(x2)}
witness X3 ${vkey(x3)}
group X 2 X1 X2 X3
witness Y1 ${vkey(y1)}
witness Y2 ${vkey(y2)}
group Y any Y1 Y2
group both all X Y
quorum both
`;

test('a quorum in two levels is enough when each house has cosigned', () => {
  const policy = parseTlogPolicy(text);
  expect(policy.logs.map(({ url }) => url)).toEqual(['https://log.example']);
  expect(policy.witnesses.map(({ name }) => name)).toEqual(['X1', 'X2', 'X3', 'Y1', 'Y2']);
  expect(policy.enough([x1, x3, y2])).toBe(true);
  expect(policy.enough([x1, x2, x3])).toBe(false);
  expect(policy.enough([x1, y1, y2])).toBe(false);
  expect(policy.enough([])).toBe(false);
});

test('without witnesses the quorum is none', () => {
  expect(parseTlogPolicy(`log ${vkey(log)}\nquorum none\n`).enough([])).toBe(true);
});

test.each([
  ['no log', 'quorum none\n'],
  ['no quorum', `log ${vkey(log)}\n`],
  ['two of them', `log ${vkey(log)}\nquorum none\nquorum none\n`],
  ['a witness as log', `log ${vkey(x1)}\nquorum none\n`],
  [
    'a log as witness',
    `log ${vkey(log)}\nwitness A ${vkey(signerKey('a', 'ED25519', Buffer.alloc(32, 8)))}\nquorum A\n`,
  ],
  ['a key twice', `log ${vkey(log)}\nwitness A ${vkey(x1)}\nwitness B ${vkey(x1)}\nquorum A\n`],
  ['a name twice', `log ${vkey(log)}\nwitness A ${vkey(x1)}\nwitness A ${vkey(x2)}\nquorum A\n`],
  ['a name that comes later', `log ${vkey(log)}\nquorum A\nwitness A ${vkey(x1)}\n`],
  ['more wanted than there are', `log ${vkey(log)}\nwitness A ${vkey(x1)}\ngroup G 2 A\nquorum G\n`],
  ['nobody wanted', `log ${vkey(log)}\nwitness A ${vkey(x1)}\ngroup G 0 A\nquorum G\n`],
  ['a line that means nothing', `log ${vkey(log)}\nquorum none\nhello\n`],
])('with %s it is none', (_, policy) => expect(() => parseTlogPolicy(policy)).toThrow(RangeError));
