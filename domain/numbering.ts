/** The highest number among ids of the form `<name><number>`; 0 when there is none. */
export const highestNumber = (named: readonly { readonly id: string }[], name: string): number =>
  named.reduce((highest, { id }) => {
    const number = id.startsWith(name) ? Number(id.slice(name.length)) : Number.NaN;
    return Number.isSafeInteger(number) && number > highest ? number : highest;
  }, 0);
