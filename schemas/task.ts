import { z } from 'zod';
import { Instant, UnitCode } from './codes.ts';
import { Role } from './enums.ts';

/** What a task asks a person to do. */
export const TaskKind = z.enum([
  'RECEIVE',
  'RESOLVE_SILENCE',
  'RESOLVE_MISMATCH',
  'VERIFY',
  'CONFIRM',
  'PROPOSE',
  'DECIDE',
  'DELIVER_NOTICE',
  'RECEIVE_ORDER',
  'FORWARD_ORDER',
  'DECIDE_ORDER',
  'RESOLVE_ORDER',
  'CHASE_SERVICE',
  'REVIEW_CHANGE',
  'REVIEW_OWNER',
  'REVIEW_END',
  'ANSWER_VERIFICATION',
  'CHASE_VERIFICATION',
]);
export type TaskKind = z.infer<typeof TaskKind>;

/** A person as a task or an event names one. */
export const PersonRef = z.strictObject({
  id: z.string().min(1).max(120),
  name: z.string().min(1).max(200),
  unit: UnitCode.optional(),
});
export type PersonRef = z.infer<typeof PersonRef>;

/** A colleague a task is handed to, as the directory of the edge knows that person. */
export const Colleague = z.strictObject({
  id: z.string().min(1).max(120),
  name: z.string().min(1).max(200),
  roles: z.array(Role).min(1),
  unit: UnitCode,
  unitPath: z.array(UnitCode),
});
export type Colleague = z.infer<typeof Colleague>;

/** When a task climbs to the next unit up unless it is done, by which rule of the policy. */
export const TaskClimb = z.strictObject({
  rule: z.string().min(1),
  cause: z.enum(['DUE_SOON', 'OVERDUE']),
  at: Instant,
});
export type TaskClimb = z.infer<typeof TaskClimb>;

export const TaskStatus = z.enum(['OPEN', 'CLAIMED', 'COMPLETED', 'CANCELLED']);
export type TaskStatus = z.infer<typeof TaskStatus>;

/**
 * One piece of work in a case. `units` are those whose people may act: the own unit first, then the units it was
 * escalated to. `responsible` holds everybody who answers for the step: who completed it, and who gave it to or took it from
 * another person by delegation, reassignment or escalation. A claim that was merely released binds nobody.
 */
export const Task = z.strictObject({
  id: z.string(),
  kind: TaskKind,
  about: z.string().optional(),
  role: Role,
  units: z.array(UnitCode).min(1),
  unitPath: z.array(UnitCode),
  status: TaskStatus,
  openedAt: Instant,
  dueAt: Instant.optional(),
  overdue: z.boolean(),
  holder: PersonRef.optional(),
  responsible: z.array(z.string()),
  version: z.int().nonnegative(),
  /** Still to come, the first first. Absent where the case's policy has no rules: then it climbs once, when it falls overdue. */
  climbs: z.array(TaskClimb).optional(),
});
export type Task = z.infer<typeof Task>;

const ref = { taskId: z.string().min(1) };
const note = { note: z.string().max(2000).optional() };

/** Commands that every case with tasks understands. `taskVersion`: refuse when the task changed since it was read. */
export const TaskCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ClaimTask'),
    data: z.strictObject({ ...ref, taskVersion: z.int().optional() }),
  }),
  z.strictObject({ type: z.literal('ReleaseTask'), data: z.strictObject({ ...ref, ...note }) }),
  z.strictObject({
    type: z.literal('ReassignTask'),
    data: z.strictObject({ ...ref, ...note, to: Colleague, taskVersion: z.int().optional() }),
  }),
  z.strictObject({
    type: z.literal('DelegateTask'),
    data: z.strictObject({ ...ref, ...note, to: Colleague }),
  }),
  z.strictObject({ type: z.literal('EscalateTask'), data: z.strictObject({ ...ref, ...note }) }),
  z.strictObject({ type: z.literal('MarkTaskOverdue'), data: z.strictObject(ref) }),
  z.strictObject({
    type: z.literal('EscalateDueTask'),
    data: z.strictObject({ ...ref, rule: z.string().min(1) }),
  }),
]);
export type TaskCommand = z.infer<typeof TaskCommand>;

export const TaskEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('TaskOpened'),
    data: z.strictObject({
      ...ref,
      kind: TaskKind,
      about: z.string().optional(),
      role: Role,
      unit: UnitCode,
      unitPath: z.array(UnitCode),
      dueAt: Instant.optional(),
      climbs: z.array(TaskClimb).optional(),
    }),
  }),
  z.strictObject({ type: z.literal('TaskClaimed'), data: z.strictObject({ ...ref, holder: PersonRef }) }),
  z.strictObject({ type: z.literal('TaskReleased'), data: z.strictObject({ ...ref, ...note }) }),
  z.strictObject({
    type: z.literal('TaskReassigned'),
    data: z.strictObject({ ...ref, ...note, from: PersonRef.optional(), to: PersonRef }),
  }),
  z.strictObject({
    type: z.literal('TaskDelegated'),
    data: z.strictObject({ ...ref, ...note, from: PersonRef, to: PersonRef }),
  }),
  z.strictObject({
    type: z.literal('TaskEscalated'),
    data: z.strictObject({
      ...ref,
      ...note,
      toUnit: UnitCode,
      cause: z.enum(['PERSON', 'DUE_SOON', 'OVERDUE']),
      /** The rule of the policy by which it climbed. */
      rule: z.string().optional(),
    }),
  }),
  z.strictObject({ type: z.literal('TaskOverdue'), data: z.strictObject({ ...ref, dueAt: Instant }) }),
  z.strictObject({ type: z.literal('TaskCompleted'), data: z.strictObject({ ...ref, by: PersonRef }) }),
  z.strictObject({ type: z.literal('TaskCancelled'), data: z.strictObject({ ...ref, why: z.string() }) }),
]);
export type TaskEvent = z.infer<typeof TaskEvent>;
