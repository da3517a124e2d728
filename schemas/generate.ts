import { z } from 'zod';
import { AccountCommand, AccountEvent } from './account.ts';
import { AccountStatusEntry, StatusAcknowledgement, StatusHead } from './account-status.ts';
import { Actor } from './actor.ts';
import { WorkingCalendar } from './calendar.ts';
import { RegistryChange } from './change.ts';
import { MessageEnvelope } from './cloud-event.ts';
import { Dossier, ElectronicIdentity } from './dossier.ts';
import { Jurisdiction } from './jurisdiction.ts';
import { LockOrderCommand, LockOrderEvent } from './lock-order.ts';
import { FieldOutcome, MatchingPolicy } from './matching.ts';
import { Contact } from './notice.ts';
import { Policy } from './policy.ts';
import { ProofClaims } from './proof.ts';
import { RegistrationCommand, RegistrationEvent } from './registration.ts';
import { NoticeOrder, NoticeReceipt, RegistryAnswer, RegistryQuery } from './registry.ts';
import { Colleague, PersonRef, Task } from './task.ts';
import { VerificationCommand, VerificationEvent } from './verification.ts';

type Message = {
  readonly schema: z.ZodType;
  readonly title: string;
  /** `in`: what a sender may leave out is optional; `out`: as this system writes it, with defaults filled in. */
  readonly side: 'in' | 'out';
};

const messages: Readonly<Record<string, Message>> = {
  actor: { schema: Actor, title: 'Who gives a command', side: 'in' },
  dossier: { schema: Dossier, title: 'Form TK02 of Decree 69/2024', side: 'in' },
  task: { schema: Task, title: 'A piece of work in a case', side: 'out' },
  policy: { schema: Policy, title: 'The law as data', side: 'in' },
  'message-envelope': { schema: MessageEnvelope, title: 'The CloudEvent around a message', side: 'in' },
  'registry-query': { schema: RegistryQuery, title: 'What a registry is asked', side: 'in' },
  'registry-answer': { schema: RegistryAnswer, title: 'What a registry answers', side: 'in' },
  'notice-order': { schema: NoticeOrder, title: 'What a channel is to deliver', side: 'in' },
  'notice-receipt': { schema: NoticeReceipt, title: 'What became of a notice', side: 'in' },
  'registration-command': { schema: RegistrationCommand, title: 'A command to a request', side: 'in' },
  'registration-event': { schema: RegistrationEvent, title: 'An event of a request', side: 'out' },
  'account-command': { schema: AccountCommand, title: 'A command to an account', side: 'in' },
  'account-event': { schema: AccountEvent, title: 'An event of an account', side: 'out' },
  'lock-order-command': { schema: LockOrderCommand, title: 'A command to a lock order', side: 'in' },
  'lock-order-event': { schema: LockOrderEvent, title: 'An event of a lock order', side: 'out' },
  'verification-command': {
    schema: VerificationCommand,
    title: 'A command to a verification',
    side: 'in',
  },
  'verification-event': { schema: VerificationEvent, title: 'An event of a verification', side: 'out' },
  'registry-change': {
    schema: RegistryChange,
    title: 'What a registry says of a changed record',
    side: 'in',
  },
  'account-status': {
    schema: AccountStatusEntry,
    title: 'An account as relying services see it',
    side: 'out',
  },
  'account-status-head': { schema: StatusHead, title: 'How far the statuses reach', side: 'out' },
  'proof-claims': { schema: ProofClaims, title: 'What a proof of registration says', side: 'in' },
  'status-acknowledgement': {
    schema: StatusAcknowledgement,
    title: 'A relying service obeys a lock',
    side: 'in',
  },
};

/** Types that several messages share; they become definitions of that name. */
const shared = {
  Colleague,
  Contact,
  Dossier,
  ElectronicIdentity,
  FieldOutcome,
  Jurisdiction,
  MatchingPolicy,
  PersonRef,
  WorkingCalendar,
};

/**
 * The JSON Schema (draft 2020-12) files of the public messages: file name → content, always the same for the same
 * schemas. Kept in `schemas/json`; `npx vitest run --project unit schemas/generate -u` writes them.
 */
export function jsonSchemaFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(messages).map(([name, message]) => [
      `${name}.schema.json`,
      `${JSON.stringify(jsonSchema(name, message), null, 2)}\n`,
    ]),
  );
}

function jsonSchema(name: string, { schema, title, side }: Message): object {
  const names = z.registry<{ id: string }>();
  for (const [id, type] of Object.entries(shared)) if (type !== schema) names.add(type, { id });
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: side === 'in' ? 'input' : 'output',
    metadata: names,
    override: ({ jsonSchema: made }) => {
      delete made.id;
    },
  });
  return { $schema, $id: `urn:orgeid:schema:${name}`, title, ...rest };
}
