import { createHash } from 'node:crypto';

export type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] };

/** Collects the values of a statement while its text is written; texts that are alike are prepared once a connection. */
export function binding(): { bind(value: unknown): string; statement(text: string): Statement } {
  const values: unknown[] = [];
  return {
    bind: (value) => `$${values.push(value)}`,
    statement: (text) => ({
      name: `s${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`,
      text,
      values,
    }),
  };
}
