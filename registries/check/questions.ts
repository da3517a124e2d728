import { RecordField, type Registry, type RegistryQuery } from '../../schemas/registry.ts';

/** Makes the queries of one run; their ids are of this run alone. */
export type Questions = {
  /** A query of the present version about a record, with a new id unless the change names one. */
  about(subject: RegistryQuery['subject'], change?: Partial<RegistryQuery>): RegistryQuery;
  /** Every query made so far, by id. */
  readonly made: ReadonlyMap<string, RegistryQuery>;
};

/** @param run letters and digits that no other run has */
export function questionsOf(party: Registry, run: string): Questions {
  const made = new Map<string, RegistryQuery>();
  let count = 0;
  return {
    made,
    about(subject, change = {}) {
      const query: RegistryQuery = {
        schema: 'registry-query/1',
        id: `check-${run}.${party}.${++count}`,
        registry: party,
        attempt: 1,
        attempts: 3,
        askedAt: new Date().toISOString(),
        answerBy: new Date(Date.now() + 600_000).toISOString(),
        correlationId: `check-${run}-${count}`,
        subject,
        fields: [...RecordField.options],
        ...change,
      };
      made.set(query.id, query);
      return query;
    },
  };
}
