import type { Dossier } from '../../schemas/dossier.ts';
import type { RecordValues, Registry, RegistryAnswer, RegistryStatus } from '../../schemas/registry.ts';
import { declaredValues } from '../registration/organisation.ts';
import { dossier } from './dossiers.ts';

export const STREAM = 'registration-1';

const head = (registry: Registry, round: number, stream: string) => ({
  schema: 'registry-answer/1' as const,
  id: `${registry}-${round}`,
  queryId: `${stream}.${registry}.${round}`,
  registry,
  reference: `ref-${registry}`,
  answeredAt: '2025-03-03T02:00:01.000Z',
});

type Found = {
  readonly round?: number;
  readonly stream?: string;
  readonly status?: RegistryStatus;
  /** What the registry holds otherwise than declared. */
  readonly values?: RecordValues;
  readonly of?: Dossier;
};

/** A registry's record that agrees with the dossier but for what is named. */
export const found = (registry: Registry, options: Found = {}): RegistryAnswer => ({
  ...head(registry, options.round ?? 1, options.stream ?? STREAM),
  outcome: 'FOUND',
  status: options.status ?? 'ACTIVE',
  values: { ...declaredValues(options.of ?? dossier()), ...options.values },
});

export const notFound = (registry: Registry, round = 1): RegistryAnswer => ({
  ...head(registry, round, STREAM),
  outcome: 'NOT_FOUND',
});

export const unavailable = (registry: Registry, round = 1): RegistryAnswer => ({
  ...head(registry, round, STREAM),
  outcome: 'UNAVAILABLE',
  detail: 'maintenance',
});
