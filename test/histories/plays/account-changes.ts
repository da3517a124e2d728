import { systemActor } from '../../../domain/deciding.ts';
import { commandFault } from '../../../registries/mock/control.ts';
import { openAccount } from '../../support/accounts.ts';
import { send } from '../../support/play.ts';
import { c06Officer, changeOf, registrant } from '../../support/requests.ts';
import { type Play, untilStands } from '../stage.ts';

const note = 'thử nghiệm';

/** A new representative, a code that another holds, and an end that the owner declares: each is a task at C06. */
const reviewed: Play = async ({ system, known, keep }) => {
  const n = known();
  const account = await openAccount(system, n, { category: 'OTHER_ORG' });
  await untilStands(system, account, 'deadline MarkActivationOverdue');
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  const renamed = changeOf(n, `renamed-${n}`, { values: { representative_name: 'Trần Văn Bình' } });
  await send(system, account, systemActor, 'TakeRegistryChange', { change: renamed });
  await keep('account-owner-to-review', account, 'TASK REVIEW_OWNER', 'CHANNEL INFORMATION_CHANGED');
  const taken = changeOf(n, `taken-${n}`, { values: { tax_code: '9999999999' } });
  const conflict = { change: taken, key: 'code:9999999999', heldBy: 'account-49999999999' };
  await send(system, account, systemActor, 'NoteChangeConflict', conflict);
  await keep('account-change-to-review', account, 'TASK REVIEW_CHANGE');
  await send(system, account, registrant(n), 'DeclareEnd', { code: 'OPERATION_CEASED', note });
  await keep('account-declared-end-to-review', account, 'TASK REVIEW_END');
  const accepted = { taskId: 'review-end-1', accepted: true, note };
  await send(system, account, c06Officer(1), 'ResolveEndDeclaration', accepted);
  await keep('account-locked-as-declared', account, 'LOCKED', 'ground OPERATION_CEASED');
};

export const accountChangePlays: readonly Play[] = [reviewed];
