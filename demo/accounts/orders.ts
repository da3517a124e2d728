import type { LockOrderForm, LockOrderState } from '../../schemas/lock-order.ts';
import { personIn, type Stage, say } from '../stage.ts';
import { type Scene, until, untilTask } from './scene.ts';

/** Invented bodies that may ask for a lock. */
export const authorities = {
  investigators: {
    kind: 'PROCEEDING_AGENCY',
    contact: { id: 'authority-investigators', name: 'Cơ quan Cảnh sát điều tra (trình diễn)' },
  },
  inspectors: {
    kind: 'COMPETENT_AUTHORITY',
    contact: { id: 'authority-inspectors', name: 'Thanh tra tỉnh (trình diễn)' },
  },
} as const satisfies Record<string, NonNullable<LockOrderForm['authority']>>;

export type Order = {
  readonly stream: string;
  readonly by: keyof typeof authorities;
  readonly action: LockOrderForm['action'];
  readonly document: string;
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
  document: { number: order.document, date: '2025-04-07' },
  reason: order.action === 'LOCK' ? 'Phục vụ công tác xác minh' : 'Đã kết thúc xác minh',
  signedBy: 'Thủ trưởng cơ quan',
});

/** The officer at PC06 records the form (TK03). */
export async function fileOrder(scene: Scene, order: Order, form = formOf(scene, order)): Promise<void> {
  const { stage } = scene;
  const data = {
    channel: 'IN_PERSON_TK03',
    form,
    reception: stage.units.place(stage.units.pc06),
    catalogueVersion: stage.units.catalogueVersion,
  };
  await say(stage, order.stream, desk(stage).receiver, { type: 'FileLockOrder', data });
}

export async function forwardOrder({ stage }: Scene, { stream }: Order): Promise<void> {
  const taskId = await untilTask({ stage }, stream, 'FORWARD_ORDER');
  await say(stage, stream, desk(stage).forwarder, { type: 'ForwardLockOrder', data: { taskId } });
}

export async function decideOrder(
  { stage }: Scene,
  { stream }: Order,
  decision: 'APPROVE' | 'REFUSE',
  reasons?: string,
): Promise<void> {
  const taskId = await untilTask({ stage }, stream, 'DECIDE_ORDER');
  const data = { taskId, decision, ...(reasons === undefined ? {} : { reasons }) };
  await say(stage, stream, desk(stage).director, { type: 'DecideLockOrder', data });
}

/** From the paper at the desk to what the account made of it. */
export async function order(scene: Scene, wanted: Order): Promise<LockOrderState['outcome']> {
  await fileOrder(scene, wanted);
  await forwardOrder(scene, wanted);
  await decideOrder(scene, wanted, 'APPROVE');
  const done = (state: LockOrderState) => state.status === 'CARRIED_OUT' || state.status === 'UNRESOLVED';
  return (await until<LockOrderState>(scene, wanted.stream, done)).outcome;
}

/** Ends an order that could not be carried out, with written reasons. */
export async function endOrder({ stage }: Scene, { stream }: Order, note: string): Promise<void> {
  const taskId = await untilTask({ stage }, stream, 'RESOLVE_ORDER');
  await say(stage, stream, desk(stage).officer, {
    type: 'ResolveOrder',
    data: { taskId, action: 'END', note },
  });
}
