import type { AskedOfBody, BodyQuestion } from '../../schemas/body.ts';
import type { Wait } from '../../schemas/case.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import type { VerificationCommand } from '../../schemas/verification.ts';
import type { Effect } from '../decider.ts';
import { type Event, isUndecided } from './state.ts';

/** A verification to open; `data` is its command. */
export type OpenVerificationInput = {
  readonly verification: string;
  readonly data: Extract<VerificationCommand, { type: 'OpenVerification' }>['data'];
};
export type WithdrawVerificationInput = { readonly verification: string };
export type BodyEffect =
  | Effect<'openVerification', OpenVerificationInput>
  | Effect<'withdrawVerification', WithdrawVerificationInput>;

type BodyEvent = Extract<Event, { type: 'BodyAsked' | 'BodyQuestionSent' | 'BodyAnswered' }>;

/** The bodies asked, after one more event of theirs. */
export function evolveBodies(bodies: readonly AskedOfBody[] = [], event: BodyEvent): AskedOfBody[] {
  if (event.type === 'BodyAsked')
    return [...bodies, { ...event.data, status: 'ASKED', since: event.at, answers: [] }];
  const { verification, ...said } = event.data;
  const status = event.type === 'BodyQuestionSent' ? 'SENT' : 'ENDED';
  return bodies.map((body) => (body.verification === verification ? { ...body, ...said, status } : body));
}

/** Questions whose end the request does not know yet. */
export const openBodies = ({ bodies = [] }: RegistrationState): AskedOfBody[] =>
  bodies.filter(({ status }) => status !== 'ENDED');

export const bodyWaits = (state: RegistrationState): Wait[] =>
  openBodies(state).map(({ body, office, since, until }) => ({
    kind: 'BODY',
    owner: office.name,
    what: body,
    since,
    ...(until === undefined ? {} : { until }),
  }));

/**
 * Verifications to open, and those that nobody needs any more once the request is decided. One that is being opened is opened first,
 * so that none is left behind without its question being taken back.
 */
export function bodyEffects(state: RegistrationState): BodyEffect[] {
  return openBodies(state).flatMap((asked): BodyEffect[] => {
    const { verification } = asked;
    if (asked.status === 'ASKED') return opening(state, asked);
    if (isUndecided(state)) return [];
    return [{ key: `withdraw-body.${verification}`, kind: 'withdrawVerification', input: { verification } }];
  });
}

function opening({ stream, dossier }: RegistrationState, asked: AskedOfBody): BodyEffect[] {
  const { verification, body, place, asking } = asked;
  if (!dossier || !asking) return [];
  const { nameVi, code, taxCode, electronicCode } = dossier.organisation;
  const subject = {
    organisation: nameVi,
    ...(code === undefined ? {} : { code }),
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(electronicCode === undefined ? {} : { electronicCode }),
  };
  const data = { body, place, subject, request: stream, ...asking };
  return [{ key: `ask-body.${verification}`, kind: 'openVerification', input: { verification, data } }];
}

/** A question with what the dossier declares about it, and no more of the dossier than that; never a personal number. */
export function withClaim(question: BodyQuestion, { dossier }: RegistrationState): BodyQuestion {
  const { kind, claimed } = question;
  const organisation = dossier?.organisation;
  const declared =
    kind === 'REPRESENTATIVE'
      ? organisation?.representative?.name
      : kind === 'ADDRESS'
        ? organisation?.address.text
        : undefined;
  return claimed === undefined && declared !== undefined ? { ...question, claimed: declared } : question;
}
