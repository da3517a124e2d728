import { z } from 'zod';

/** What a process of the API cannot work without. */
export const Needed = z.enum(['postgresql', 'migrations', 'temporal', 'identity', 'running']);
export type Needed = z.infer<typeof Needed>;

/** Whether the process takes work. `missing`: `migrations` are those that this version of the code expects, `running` that it is not about to stop. */
export const Readiness = z.strictObject({
  status: z.enum(['ready', 'not-ready']),
  missing: z.array(Needed),
});
export type Readiness = z.infer<typeof Readiness>;
