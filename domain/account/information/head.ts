import type { RegistryChange } from '../../../schemas/change.ts';

/** What every event about a change says of it. */
export const changeHead = ({ id, registry, reference, changedAt, revision }: RegistryChange) => ({
  changeId: id,
  ...{ registry, reference, changedAt, revision },
});
