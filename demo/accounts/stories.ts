import { say } from '../stage.ts';
import { changeStories } from './change-stories.ts';
import { decideOrder, desk, endOrder, fileOrder, formOf, forwardOrder, type Order, order } from './orders.ts';
import { mustBeRefused, owner, type Scene, untilLocked, untilTask } from './scene.ts';
import type { AccountStory } from './story.ts';

const named = (what: string, more: Omit<Order, 'what'>): Order => ({ what, ...more });

const lockAndUnlock: AccountStory['events'] = [
  'LockGroundPlaced',
  'AccountLocked',
  'LockGroundLifted',
  'AccountUnlocked',
];

/** An order is carried out as expected. @returns its case @throws otherwise */
async function carriedOut(scene: Scene, wanted: Order, expected: string): Promise<string> {
  const { stream, outcome } = await order(scene, wanted);
  if (outcome !== expected) throw new Error(`${wanted.what}: ${outcome}, not ${expected}`);
  return stream;
}

const byOrder: Readonly<Record<string, AccountStory>> = {
  'locked and unlocked by order': {
    takes: 'direct match',
    async play(scene) {
      await carriedOut(scene, named('lock', { by: 'investigators', action: 'LOCK' }), 'LOCKED');
      const unlock = { type: 'UnlockOwnAccount', data: {} };
      await mustBeRefused(scene, scene.account, scene.owner, unlock, 'EID_ERR_GROUND_NOT_HELD');
      await carriedOut(scene, named('unlock', { by: 'investigators', action: 'UNLOCK' }), 'UNLOCKED');
    },
    events: ['LockGroundPlaced', 'AccountLocked', 'OrderAnswered', 'LockGroundLifted', 'AccountUnlocked'],
    ends: 'ACTIVE',
  },
  'two authorities, crossing unlocks': {
    takes: 'direct match',
    async play(scene) {
      await Promise.all([
        order(scene, named('lock-a', { by: 'investigators', action: 'LOCK' })),
        order(scene, named('lock-b', { by: 'inspectors', action: 'LOCK' })),
      ]);
      await carriedOut(scene, named('unlock-a', { by: 'investigators', action: 'UNLOCK' }), 'GROUND_LIFTED');
      const again = named('unlock-again', { by: 'investigators', action: 'UNLOCK' });
      const stream = await carriedOut(scene, again, 'NOTHING_TO_LIFT');
      await endOrder(scene, stream, 'Căn cứ khóa còn lại thuộc cơ quan khác');
    },
    events: ['AccountLocked', 'LockGroundPlaced', 'LockGroundLifted', 'OrderAnswered'],
    ends: 'LOCKED',
  },
  'order completed after its return': {
    takes: 'direct match',
    async play(scene) {
      const wanted = named('returned', { by: 'inspectors', action: 'LOCK' });
      const { document: _, ...incomplete } = formOf(scene, wanted);
      const stream = await fileOrder(scene, wanted, incomplete);
      const { receiver } = desk(scene.stage);
      const data = { form: formOf(scene, wanted) };
      await say(scene.stage, stream, receiver, { type: 'ResubmitLockOrder', data });
      await forwardOrder(scene, stream);
      await decideOrder(scene, stream, 'APPROVE');
      await untilLocked(scene);
    },
    events: ['LockGroundPlaced', 'AccountLocked', 'OrderAnswered'],
    ends: 'LOCKED',
  },
  'order refused with reasons': {
    takes: 'direct match',
    async play(scene) {
      const wanted = named('refused', { by: 'inspectors', action: 'LOCK' });
      const stream = await fileOrder(scene, wanted);
      await forwardOrder(scene, stream);
      const { director } = desk(scene.stage);
      const taskId = await untilTask(scene, director, stream, 'DECIDE_ORDER');
      const silent = { type: 'DecideLockOrder', data: { taskId, decision: 'REFUSE' } };
      await mustBeRefused(scene, stream, director, silent, 'EID_ERR_REASON_MISSING');
      await decideOrder(scene, stream, 'REFUSE', 'Văn bản đề nghị không đúng thẩm quyền');
    },
    events: ['AccountActivated'],
    ends: 'ACTIVE',
  },
  'order withdrawn': {
    takes: 'direct match',
    async play(scene) {
      const wanted = named('withdrawn', { by: 'inspectors', action: 'LOCK' });
      const stream = await fileOrder(scene, wanted);
      const note = { note: 'Cơ quan đề nghị rút văn bản' };
      await say(scene.stage, stream, desk(scene.stage).receiver, {
        type: 'WithdrawLockOrder',
        data: note,
      });
    },
    events: ['AccountActivated'],
    ends: 'ACTIVE',
  },
  'order against a number that nobody has': {
    takes: 'direct match',
    async play(scene) {
      const wanted = named('nobody', { by: 'inspectors', action: 'LOCK', number: '99999999999' });
      const stream = await carriedOut(scene, wanted, 'NO_ACCOUNT');
      await endOrder(scene, stream, 'Không có tài khoản mang số này');
    },
    events: ['AccountActivated'],
    ends: 'ACTIVE',
  },
  'locked before activation': {
    takes: 'activation overdue',
    async play(scene) {
      await carriedOut(scene, named('early', { by: 'investigators', action: 'LOCK' }), 'LOCKED');
      await carriedOut(scene, named('late', { by: 'investigators', action: 'UNLOCK' }), 'UNLOCKED');
    },
    events: ['ActivationFellOverdue', ...lockAndUnlock],
    ends: 'ACTIVATION_OVERDUE',
  },
};

const byOwner: Readonly<Record<string, AccountStory>> = {
  'locked and unlocked by its owner': {
    takes: 'direct match',
    async play(scene) {
      await owner(scene, { type: 'LockOwnAccount', data: { note: 'Mất điện thoại' } });
      await owner(scene, { type: 'UnlockOwnAccount', data: { note: 'Đã tìm thấy' } });
    },
    events: lockAndUnlock,
    ends: 'ACTIVE',
  },
  'locked by its owner for a day': {
    takes: 'direct match',
    async play(scene) {
      const until = new Date(Date.now() + scene.dayMs).toISOString();
      await owner(scene, { type: 'LockOwnAccount', data: { until } });
      await untilLocked(scene, false);
    },
    events: lockAndUnlock,
    ends: 'ACTIVE',
  },
  'a service that does not obey': {
    takes: 'direct match',
    async play(scene) {
      await scene.silence('TAX-PORTAL', scene.number);
      await owner(scene, { type: 'LockOwnAccount', data: {} });
      const { officer } = desk(scene.stage);
      const taskId = await untilTask(scene, officer, scene.account, 'CHASE_SERVICE');
      const data = { taskId, note: 'Đã liên hệ đơn vị vận hành, tài khoản đã bị chặn' };
      await say(scene.stage, scene.account, officer, { type: 'SettleAcknowledgement', data });
    },
    events: ['AccountLocked', 'AcknowledgementOverdue', 'AcknowledgementSettled'],
    ends: 'LOCKED',
  },
  'proof of registration': {
    takes: 'direct match',
    async play(scene) {
      const show = (spoil?: 'FORGE' | 'WAIT') => scene.showProof(scene.account, scene.owner, spoil);
      const said = [await show(), await show('FORGE'), await show('WAIT')];
      await owner(scene, { type: 'LockOwnAccount', data: {} });
      said.push(await show());
      await owner(scene, { type: 'UnlockOwnAccount', data: {} });
      said.push(await show());
      const wanted = ['ACCEPTED', 'BAD_SIGNATURE', 'EXPIRED', 'LOCKED', 'ACCEPTED'];
      if (said.join() !== wanted.join())
        throw new Error(`the desk said ${said.join()}, not ${wanted.join()}`);
    },
    events: lockAndUnlock,
    ends: 'ACTIVE',
  },
};

export const accountStories: Readonly<Record<string, AccountStory>> = {
  ...byOrder,
  ...byOwner,
  ...changeStories,
};
