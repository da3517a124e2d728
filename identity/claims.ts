import type { ClaimPath } from './issuer.ts';

/** What stands at a path in the claims; nothing inherited counts. */
export function claimAt(claims: unknown, path: ClaimPath): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined,
    claims,
  );
}

export function textAt(claims: unknown, path: ClaimPath): string | undefined {
  const value = claimAt(claims, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The strings of a list, or the words of one string; anything else is an empty list. */
export function wordsAt(claims: unknown, path: ClaimPath): string[] {
  const value = claimAt(claims, path);
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
