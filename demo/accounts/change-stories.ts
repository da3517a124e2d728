import { say } from '../stage.ts';
import { desk } from './orders.ts';
import { mustBeRefused, until, untilLocked, untilTask } from './scene.ts';
import type { AccountStory } from './story.ts';

/** What the registries say of an organisation, and what its account makes of it (Art 8). */
export const changeStories: Readonly<Record<string, AccountStory>> = {
  'renamed and moved': {
    takes: 'direct match',
    async play(scene) {
      const name = `${scene.organisation} Đổi Mới`;
      const address = 'Số 1, đường Tân Lập, tỉnh Hưng Yên';
      const key = scene.code;
      await scene.registry(scene.keeper, { key, values: { name_vi: name }, publish: 'TWICE' });
      await scene.registry(scene.keeper, { key, values: { address } });
      await until(
        scene,
        scene.owner,
        'account',
        scene.account,
        ({ identity }) => identity?.names.vi === name && identity.headOffice === address,
      );
    },
    events: ['InformationChanged', 'InformationChanged'],
    ends: 'ACTIVE',
  },
  'a new legal representative': {
    takes: 'direct match',
    async play(scene) {
      const values = { representative_name: 'Trịnh Hoài Thương' };
      await scene.registry(scene.keeper, { key: scene.code, values });
      const { officer } = desk(scene.stage);
      const taskId = await untilTask(scene, officer, scene.account, 'REVIEW_OWNER');
      const heir = { id: `vneid-heir-${scene.number}`, name: values.representative_name };
      const data = { taskId, owner: heir, note: 'Đã đối chiếu quyết định bổ nhiệm' };
      await say(scene.stage, scene.account, officer, { type: 'ReviewOwner', data });
      const lock = { type: 'LockOwnAccount', data: {} };
      // For whoever speaks for it no longer, the account is not there.
      await mustBeRefused(scene, scene.account, scene.owner, lock, 'EID_ERR_CASE_UNKNOWN');
    },
    events: ['InformationChanged', 'OwnerReviewed'],
    ends: 'ACTIVE',
  },
  'ceased and taken up again': {
    takes: 'direct match',
    async play(scene) {
      await scene.registry(scene.keeper, { key: scene.code, status: 'CEASED' });
      await untilLocked(scene);
      await scene.registry(scene.keeper, { key: scene.code, status: 'ACTIVE' });
      await untilLocked(scene, false);
    },
    events: ['RegistryStatusTaken', 'AccountLocked', 'RegistryStatusTaken', 'AccountUnlocked'],
    ends: 'ACTIVE',
  },
  dissolved: {
    takes: 'direct match',
    async play(scene) {
      await scene.registry(scene.keeper, { key: scene.code, status: 'DISSOLVED' });
      await untilLocked(scene);
      const unlock = { type: 'UnlockOwnAccount', data: {} };
      await mustBeRefused(scene, scene.account, scene.owner, unlock, 'EID_ERR_ACCOUNT_DISSOLVED');
    },
    events: ['RegistryStatusTaken', 'LockGroundPlaced', 'AccountLocked'],
    ends: 'LOCKED',
  },
};
