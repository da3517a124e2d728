import type { Registry } from '../../schemas/registry.ts';

/** The registries as commands name them; a type alone, so that no command waits for the schemas to load. */
export const registryNames: readonly Registry[] = ['BUSINESS', 'COOPERATIVE', 'TAX', 'POPULATION'];
