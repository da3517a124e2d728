import canonicalizeModule from 'canonicalize';

/** RFC 8785 canonical JSON; undefined for what is no JSON value. Its typings describe an ES module; it is CommonJS. */
export const canonicalJson = canonicalizeModule as unknown as (value: unknown) => string | undefined;
