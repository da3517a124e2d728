import { DomainError } from '../../domain/error.ts';
import type { QuestionPage, QuestionsParameters, RegistryHealthList } from '../../schemas/http/registries.ts';
import { Registry } from '../../schemas/registry.ts';
import { openQuestions } from '../../store/questions.ts';
import { readRegistryHealth } from '../../store/registryHealth.ts';
import type { Access } from '../access-history/recorded.ts';
import type { Api } from '../context.ts';

/** Whoever may read every request: the ground of the list names the rows. @throws DomainError EID_ERR_FORBIDDEN */
export function mustReadAll({ ground }: Pick<Access, 'ground'>): void {
  if (ground.rows.length === 0) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'C06 or an auditor' });
}

/** How each registry does. */
export async function healthOfAll({ pool }: Pick<Api, 'pool'>): Promise<RegistryHealthList> {
  const items = await readRegistryHealth(pool, Registry.options);
  return {
    items: items.map(({ open, answers, ...one }) => ({ ...one, open: { ...open }, answers: { ...answers } })),
  };
}

/** The questions to a registry for which a request waits. @throws DomainError EID_ERR_SHAPE for a cursor that is none */
export async function questionsTo(
  { pool, now }: Pick<Api, 'pool' | 'now'>,
  registry: Registry,
  { limit, after }: QuestionsParameters,
): Promise<QuestionPage> {
  const { items, next } = await openQuestions(pool, registry, limit, after);
  return {
    items: items.map((one) => ({
      ...one,
      ageSeconds: Math.max(0, Math.floor((now() - Date.parse(one.askedAt)) / 1_000)),
    })),
    ...(next === undefined ? {} : { next }),
  };
}
