// STAND-IN: the owner of policies/load.ts replaces this file.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Policy } from '../schemas/policy.ts';
export const loadPolicy = async (): Promise<Policy> => ({ ...parse(readFileSync(new URL('./decree-69-2024.yaml', import.meta.url), 'utf8')), calendar: { version: 'x' }, matching: { version: 'x' } });
