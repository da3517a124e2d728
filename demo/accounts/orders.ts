import type { LockOrderForm, LockOrderState } from '../../schemas/lock-order.ts';
import { openCase, personIn, type Stage, say } from '../stage.ts';
import { authorities } from './authorities.ts';
import { type Scene, until, untilTask } from './scene.ts';

/** An order as an authority sends it; `what` names it within its story. */
export type Order = {
  readonly what: string;
  readonly by: keyof typeof authorities;
  readonly action: LockOrderForm['action'];
  readonly number?: string;
};

/** Who does what with an order: receiver and forwarder at PC06, the Director at C06. */
export const desk = ({ units, people }: Pick<Stage, 'units' | 'people'>) => ({
  receiver: personIn({ people }, units.pc06, 'RECEPTION_OFFICER'),
  forwarder: personIn({ people }, units.pc06, 'UNIT_HEAD'),
  director: personIn({ people }, units.c06, 'C06_DIRECTOR'),
  officer: personIn({ people }, units.c06, 'C06_OFFICER'),
});

export const formOf = (scene: Scene, order: Order): LockOrderForm => ({
  action: order.action,
  authority: authorities[order.by],
  number: order.number ?? scene.number,
  organisation: scene.organisation,
  document: { number: `QĐ-${order.what}`, date: '2025-04-07' },
  reason: order.action === 'LOCK' ? 'Phục vụ công tác xác minh' : 'Đã kết thúc xác minh',
  signedBy: 'Thủ trưởng cơ quan',
});

/** The officer at PC06 records the form (TK03). @returns the case */
export async function fileOrder(scene: Scene, order: Order, form = formOf(scene, order)): Promise<string> {
  const { stage, number } = scene;
  const data = { channel: 'IN_PERSON_TK03', form };
  const about = `${order.what} ${number}`;
  return openCase(stage, desk(stage).receiver, { type: 'FileLockOrder', data, about });
}

export async function forwardOrder({ stage }: Scene, stream: string): Promise<void> {
  const { forwarder } = desk(stage);
  const taskId = await untilTask({ stage }, forwarder, stream, 'FORWARD_ORDER');
  await say(stage, stream, forwarder, { type: 'ForwardLockOrder', data: { taskId } });
}

export async function decideOrder(
  { stage }: Scene,
  stream: string,
  decision: 'APPROVE' | 'REFUSE',
  reasons?: string,
): Promise<void> {
  const { director } = desk(stage);
  const taskId = await untilTask({ stage }, director, stream, 'DECIDE_ORDER');
  const data = { taskId, decision, ...(reasons === undefined ? {} : { reasons }) };
  await say(stage, stream, director, { type: 'DecideLockOrder', data });
}

/** From the paper at the desk to what the account made of it, as the authority reads it. */
export async function order(
  scene: Scene,
  wanted: Order,
): Promise<{ readonly stream: string; readonly outcome: LockOrderState['outcome'] }> {
  const stream = await fileOrder(scene, wanted);
  await forwardOrder(scene, stream);
  await decideOrder(scene, stream, 'APPROVE');
  const { outcome } = await until(scene, authorities[wanted.by].contact, 'lock-order', stream, ({ status }) =>
    ['CARRIED_OUT', 'UNRESOLVED'].includes(status),
  );
  return { stream, outcome };
}

/** Ends an order that could not be carried out, with written reasons. */
export async function endOrder({ stage }: Scene, stream: string, note: string): Promise<void> {
  const { officer } = desk(stage);
  const taskId = await untilTask({ stage }, officer, stream, 'RESOLVE_ORDER');
  await say(stage, stream, officer, { type: 'ResolveOrder', data: { taskId, action: 'END', note } });
}
