import { z } from 'zod';
import { UnitCode } from './codes.ts';
import { Role } from './enums.ts';

/**
 * Who gives a command, as the edge established it. `id` is opaque, never a personal number.
 * `unitPath` leads from the own unit up to the ministry; registrants and processes have none.
 */
export const Actor = z.strictObject({
  id: z.string().min(1).max(120),
  name: z.string().min(1).max(200),
  roles: z.array(Role).min(1),
  unit: UnitCode.optional(),
  unitPath: z.array(UnitCode).optional(),
});
export type Actor = z.infer<typeof Actor>;
