import type { Policy } from '../../schemas/policy.ts';
import type { RecordField, Registry } from '../../schemas/registry.ts';

/** The fields that a policy asks each registry for. */
export const fieldsAsked = ({ parameters }: Policy): Readonly<Record<Registry, readonly RecordField[]>> =>
  parameters.registryFields.value;
