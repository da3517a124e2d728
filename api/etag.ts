/** The version of a case as an entity tag. */
export const etag = (version: number): string => `"${version}"`;

/** The version in an `If-Match` of one tag; undefined without the header. */
export const versionOf = (ifMatch: string | undefined): number | undefined =>
  ifMatch === undefined ? undefined : Number(ifMatch.replaceAll('"', ''));
