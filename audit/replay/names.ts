type Fields = Readonly<Record<string, unknown>>;

/** Names by id and by code of unit, as the events of a case give them. */
export type Names = {
  readonly people: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, string>;
};

/** Every name that stands in some data beside an id or the code of a unit; a later one goes before an earlier one. */
export function namesIn(data: unknown): Names {
  const people = new Map<string, string>();
  const units = new Map<string, string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { id, unit, name, path } = value as Fields;
    if (typeof name === 'string' && name !== '') {
      if (typeof id === 'string') people.set(id, name);
      else if (typeof unit === 'string' && (Array.isArray(path) || Object.keys(value).length === 2))
        units.set(unit, name);
    }
    Object.values(value).forEach(look);
  };
  look(data);
  return { people, units };
}
