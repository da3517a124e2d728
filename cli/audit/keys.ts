import { keysIn } from '../../audit/checkpoint/make.ts';
import { formatVerifierKey } from '../../transparency/keys.ts';
import { rotateRing } from '../../transparency/ring.ts';
import { print } from '../output.ts';
import { type FolderOptions, logKeys } from './folder.ts';

/** Prints the log's keys, the one that signs now last. @throws DomainError EID_ERR_USAGE, EID_ERR_FILE */
export async function runKeys(options: FolderOptions & { readonly rotate?: boolean }): Promise<void> {
  const before = await logKeys(options);
  const [first] = before.keys;
  const { keys } = options.rotate
    ? await rotateRing(keysIn(options.dir ?? ''), first?.name ?? '', Date.now())
    : before;
  for (const key of keys) print(`log ${formatVerifierKey(key)}`);
  print('quorum none');
}
