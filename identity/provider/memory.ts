import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

type Held = { readonly payload: AdapterPayload; readonly endsAt: number };

/**
 * Sessions, codes and grants in memory, for one process: what a restart loses is signed in again. Unlike the library's own
 * it drops nothing before its time, and it is shared by the providers before and after a rotation of keys.
 */
export function memoryStore(now: () => number = Date.now): AdapterFactory {
  const held = new Map<string, Held>();
  let sweepAt = 0;

  const sweep = () => {
    if (now() < sweepAt) return;
    sweepAt = now() + 60_000;
    for (const [key, { endsAt }] of held) if (endsAt <= now()) held.delete(key);
  };
  const payloadOf = (key: string) => {
    const found = held.get(key);
    return found && found.endsAt > now() ? found.payload : undefined;
  };

  return (model): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    const findBy = async (field: 'uid' | 'userCode', value: string) => {
      const mine = [...held.keys()].filter((key) => key.startsWith(`${model}:`));
      return mine.map(payloadOf).find((payload) => payload?.[field] === value);
    };
    return {
      async upsert(id, payload, expiresIn) {
        sweep();
        const endsAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : now() + expiresIn * 1_000;
        held.set(keyOf(id), { payload, endsAt });
      },
      find: async (id) => payloadOf(keyOf(id)),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (userCode) => findBy('userCode', userCode),
      async consume(id) {
        const payload = payloadOf(keyOf(id));
        if (payload) payload.consumed = Math.floor(now() / 1_000);
      },
      async destroy(id) {
        held.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of held)
          if (payload.grantId === grantId && key.startsWith(`${model}:`)) held.delete(key);
      },
    };
  };
}
