import { RecordField, type Registry } from '../../schemas/registry.ts';
import type { ChangesContext, ToldChange } from '../kit/adapter.ts';
import type { ChangesConfig } from './config.ts';
import { statusOf, valuesOf } from './lookup.ts';
import { at, ResponseError, textAt } from './pointer.ts';
import type { Call } from './request.ts';

/**
 * Tells the changes that the registry's list holds since the cursor, page by page until one is empty or leads nowhere.
 * @throws ResponseError when the list cannot be understood; nothing behind that place is told until it can
 */
export async function* listChanges(
  config: ChangesConfig,
  registry: Registry,
  call: Call,
  { since, signal }: Pick<ChangesContext, 'since' | 'signal'>,
): AsyncGenerator<ToldChange> {
  for (let page = since ?? config.first; !signal.aborted; ) {
    const { status, body } = await call({ cursor: page }, signal);
    if (status !== 200) throw new ResponseError(`HTTP ${status}`);
    const items = at(config.items, body);
    if (!Array.isArray(items)) throw new ResponseError(`${config.items} is not a list`);
    const next = textAt(config.next, body);
    for (const [i, item] of items.entries()) {
      const change = changeOf(config, registry, item);
      // A page is done with its last item: a crash before begins it again, and the same ids change nothing.
      const ofPage = i === items.length - 1 ? (next ?? page) : page;
      const without = config.next === undefined ? textAt(config.item.id, item) : ofPage;
      yield { ...change, cursor: textAt(config.item.cursor, item) ?? without ?? page };
    }
    if (items.length === 0 || next === undefined || next === page) return;
    page = next;
  }
}

function changeOf({ item: config }: ChangesConfig, registry: Registry, item: unknown): ToldChange {
  const id = textAt(config.id, item);
  const changedAt = textAt(config.changedAt, item);
  if (id === undefined) throw new ResponseError(`${config.id} is missing`);
  if (changedAt === undefined) throw new ResponseError(`${config.changedAt} is missing`);
  const revision = textAt(config.revision, item);
  return {
    id: `${registry}-${id}`,
    reference: textAt(config.reference, item) ?? id,
    changedAt: instant(config.changedAt, changedAt),
    ...(revision === undefined ? {} : { revision: Number(revision) }),
    subject: {
      code: textAt(config.subject.code, item),
      taxCode: textAt(config.subject.taxCode, item),
      identificationNumber: textAt(config.subject.identificationNumber, item),
    },
    values: valuesOf(config.values, item, RecordField.options),
    ...(config.status === undefined ? {} : { status: statusOf(config.status, item) }),
    statusSince: textAt(config.statusSince, item),
  };
}

/** @throws ResponseError for a time without a zone: it would be that of this machine, seven hours off or not */
function instant(pointer: string, text: string): string {
  const ms = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new ResponseError(`${pointer} is no ISO 8601 time with a zone`);
  return new Date(ms).toISOString();
}
