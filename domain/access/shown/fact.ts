/** What is shown of an event's data; `undefined`: the event is not shown at all. */
export type Shown = Readonly<Record<string, unknown>> | undefined;

/** Data with these fields only. Fields that are not named are not shown, those of later versions included. */
export function only<Data extends object>(data: Data, ...fields: readonly (keyof Data & string)[]): Shown {
  return Object.fromEntries(fields.filter((field) => field in data).map((field) => [field, data[field]]));
}

/** What is not known is not shown; a new type of event does not compile without saying what is. */
export const unshown = (_: never): Shown => undefined;
