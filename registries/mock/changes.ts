import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/nats-core';
import type { RegistryChange } from '../../schemas/change.ts';
import type { Registry } from '../../schemas/registry.ts';
import { publishChange } from '../kit/publish.ts';
import type { ChangeCommand } from '../rehearsal/change-command.ts';
import { changed, type MockRecords } from './records.ts';

/** Alters a record as commanded and publishes the change; answers with the change, published or not. */
export type Changing = (command: ChangeCommand) => Promise<RegistryChange>;

/** @throws Error `EID_ERR_SHAPE` when there is neither a record of this key nor a subject to name one */
export function changing(registry: Registry, records: MockRecords, nc: NatsConnection): Changing {
  let keptBack: RegistryChange[] = [];
  let last = 0;

  /** Changes of one process never share a time, so that their order is plain. */
  const now = () => {
    last = Math.max(Date.now(), last + 1);
    return new Date(last).toISOString();
  };

  function changeFrom(command: ChangeCommand): RegistryChange {
    const { key, values = {}, status, statusSince, mergedInto, revision = 0 } = command;
    const record = records.byKey(key);
    const subject = command.subject ?? (record && subjectOf(record.keys));
    if (!subject) throw new Error('EID_ERR_SHAPE: no record has this key; name a subject');
    if (record) records.replace(record, changed(record, command));
    const id = command.id ?? randomUUID();
    return {
      schema: 'registry-change/1',
      id,
      registry,
      reference: `${registry}-change-${id.slice(0, 8)}`,
      changedAt: command.changedAt ?? now(),
      revision,
      subject,
      values,
      ...(status === undefined ? {} : { status }),
      ...(statusSince === undefined ? {} : { statusSince }),
      ...(mergedInto === undefined ? {} : { mergedInto }),
    };
  }

  return async (command) => {
    const change = changeFrom(command);
    switch (command.publish) {
      case 'NEVER':
        return change;
      case 'AFTER_NEXT':
        keptBack.push(change);
        return change;
      case 'TWICE':
        await publishChange(nc, change);
        // Another message id, or the stream itself would drop the second one.
        await publishChange(nc, change, { msgId: `${registry}:${change.id}/again` });
        break;
      case 'ONCE':
        await publishChange(nc, change);
    }
    const late = keptBack;
    keptBack = [];
    for (const earlier of late) await publishChange(nc, earlier);
    return change;
  };
}

/** By the codes that the record has; a record of a person names no organisation. */
function subjectOf({ code, taxCode }: { code?: string | undefined; taxCode?: string | undefined }) {
  if (code === undefined && taxCode === undefined) return undefined;
  return { ...(code === undefined ? {} : { code }), ...(taxCode === undefined ? {} : { taxCode }) };
}
