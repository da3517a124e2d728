import type { Pool } from 'pg';
import type { Actor } from '../schemas/actor.ts';
import type { AskedBody, BodyOutcome, BodyQuestion } from '../schemas/body.ts';
import type { RegistrationState } from '../schemas/registration.ts';
import { readStream } from '../store/read.ts';
import { readCase as readStored } from '../store/readCase.ts';
import { readCase } from './http/commands.ts';
import type { Ledger } from './ledger.ts';
import type { Entry } from './read-organisations.ts';
import { type Stage, say } from './stage.ts';

type Asking = {
  readonly body: AskedBody;
  readonly place: string;
  readonly questions: readonly BodyQuestion[];
  readonly reason: string;
  /** Who answers for the body: its people at their desk, or its own system. */
  readonly answeredBy: 'PERSON' | 'SYSTEM';
};

/** Rows whose verifying officer asks another body, by their id; what comes of the request says their storyline. */
const askings: Readonly<Record<string, Asking>> = {
  'HY-002': {
    body: 'FINANCE',
    place: 'HY',
    questions: [
      { id: 'exists', kind: 'EXISTENCE' },
      { id: 'representative', kind: 'REPRESENTATIVE', claimed: 'Lê Văn Phúc' },
    ],
    reason: 'Đối chiếu với hồ sơ đăng ký kinh doanh lưu tại Sở',
    answeredBy: 'PERSON',
  },
  'HY-008': {
    body: 'HOME_AFFAIRS',
    place: 'HY',
    questions: [
      { id: 'exists', kind: 'EXISTENCE' },
      { id: 'address', kind: 'ADDRESS', claimed: 'phố Trần Cao' },
    ],
    reason: 'Xác minh trụ sở',
    answeredBy: 'SYSTEM',
  },
};

/** The system of the body that answers by itself, as the identity provider knows it. */
export const BODY_SYSTEM = 'body-home-affairs-hy';

/** The people of the department of finance. */
export const bodyPeople: readonly Actor[] = ['finance-hy-1', 'finance-hy-2'].map((id) => ({
  id,
  name: id,
  unit: 'FINANCE-HY',
  unitPath: ['FINANCE-HY'],
  roles: ['BODY_OFFICER'],
}));

/**
 * Asks the body that a row's officer wants to hear, once.
 * @returns whether the officer has all that is needed to go on
 */
export async function heardBodies(
  stage: Stage,
  entry: Entry | undefined,
  stream: string,
  officer: Actor,
  taskId: string,
): Promise<boolean> {
  const asking = entry && askings[entry.id];
  if (!asking) return true;
  const { state } = await readCase(stage.http, officer.id, 'registration', stream);
  const bodies = state.bodies ?? [];
  if (bodies.length === 0) {
    const { answeredBy: _, ...data } = asking;
    await say(stage, stream, officer, { type: 'AskBody', data: { taskId, ...data }, turn: taskId });
    return false;
  }
  return bodies.every(({ status }) => status === 'ENDED');
}

/** The body's people answer one question, then the rest. */
export async function answerForBody(
  stage: Stage,
  stream: string,
  person: Actor,
  taskId: string,
): Promise<true> {
  const { state } = await readCase(stage.http, person.id, 'verification', stream);
  const waiting = (state.asked?.questions ?? []).filter(
    ({ id }) => !state.answers.some(({ question }) => question === id),
  );
  const part = waiting.length > 1 ? waiting.slice(0, 1) : waiting;
  const answers = part.map(({ id }) => ({ question: id, result: 'MATCH', note: 'Khớp với hồ sơ lưu' }));
  const type = part.length < waiting.length ? 'AnswerPart' : 'AnswerVerification';
  await say(stage, stream, person, { type, data: { taskId, answers }, turn: `${taskId} ${waiting.length}` });
  return true;
}

/** What became of a question to a body. */
export type BodyResult = {
  readonly row: string;
  readonly body: AskedBody;
  readonly outcome: BodyOutcome | 'NONE';
  /** Who answered, as the log of the verification has it. */
  readonly by: readonly string[];
  readonly asExpected: boolean;
};

/** Reads what became of the questions. */
export async function bodyResults(
  pool: Pool,
  entries: readonly Entry[],
  ledger: Pick<Ledger, 'streamOf'>,
): Promise<BodyResult[]> {
  const asked = entries.flatMap((entry) => {
    const asking = askings[entry.id];
    return asking ? [{ entry, asking }] : [];
  });
  return Promise.all(
    asked.map(async ({ entry, asking }) => {
      const stream = ledger.streamOf(entry);
      const state = stream && ((await readStored(pool, stream))?.state as RegistrationState | undefined);
      const own = (state ? state.bodies : undefined)?.[0];
      const events = own ? await readStream(pool, own.verification) : [];
      const by = events
        .filter(({ type }) => type === 'VerificationPartAnswered' || type === 'VerificationAnswered')
        .map((event) => event.by.id);
      const system = by.every((id) => id === BODY_SYSTEM);
      const outcome = own?.outcome ?? 'NONE';
      const wanted = asking.answeredBy === 'SYSTEM' ? system : !system && by.length === 2;
      return {
        ...{ row: entry.id, body: asking.body, outcome, by },
        asExpected: outcome === 'MATCH' && by.length > 0 && wanted,
      };
    }),
  );
}
