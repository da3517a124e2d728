import { inVietnam } from '../../domain/calendar/local-time.ts';
import type { Language } from '../../domain/calendar/phrases.ts';
import { systemActor } from '../../domain/deciding.ts';
import { projections } from '../../domain/projections.ts';
import { pin } from '../../policies/pin.ts';
import type { CaseType, LoggedEvent } from '../../schemas/case.ts';
import type { LockGround, LockGroundRule } from '../../schemas/lock.ts';
import type { CasePolicy, Policy } from '../../schemas/policy.ts';
import type { Names } from '../replay/names.ts';
import { basisOf } from './basis.ts';
import { both } from './both.ts';
import { clockOf } from './clocks.ts';
import type { Basis, Narrative, NarrativeStep } from './model.ts';
import { limitTold, punctualityOf } from './punctual.ts';
import { sentenceOf } from './sentence.ts';
import { type Telling, unit } from './teller.ts';
import { tellingOf } from './tellingOf.ts';
import { caseTypes } from './terms/common.ts';
import { statusOf } from './terms/statuses.ts';

/** The events of a case from its first on, and the policy that it pinned. */
export type Story = {
  readonly stream: string;
  readonly caseType: CaseType;
  readonly events: readonly LoggedEvent[];
  readonly policy: Policy;
  readonly language: Language;
};

/** Tells a case: who did what when, on what basis, by which limit, and whether in time. Pure: the same story is the same document. */
export function narrate(story: Story): Narrative {
  const { stream, caseType, events, policy, language } = story;
  const { initial, evolve, view } = projections[caseType];
  const telling = tellingOf(events);
  const pinned = pin(policy);
  let state = initial(stream);
  const earlier = new Set<string>();
  const steps = events.map((event) => {
    const before = state;
    const { type, data, at, by } = event;
    state = evolve(before, { type, data, at, by });
    const step = stepOf(story, telling, event, { before, after: state, policy: pinned, earlier });
    earlier.add(type);
    return step;
  });
  const shown = view(state);
  return {
    language,
    stream,
    title: caseTypes[caseType][language],
    subtitle: shown.title,
    facts: factsOf(story, statusOf(caseType, shown.status)[language]),
    steps,
    notes: notesOf(story, steps),
  };
}

type Around = {
  readonly before: unknown;
  readonly after: unknown;
  readonly policy: CasePolicy;
  readonly earlier: ReadonlySet<string>;
};

function stepOf(
  { caseType, policy, language }: Story,
  telling: Telling,
  event: LoggedEvent,
  around: Around,
): NarrativeStep {
  const told = sentenceOf(caseType, event, telling);
  const clock = clockOf(caseType, { event, ...around });
  return {
    version: event.version,
    position: event.position,
    type: event.type,
    at: event.at,
    when: inVietnam(event.at),
    who: who(event, telling.names, language),
    what: `${told[language]}.`,
    basis: ownBasis(event, policy, language) ?? basisOf(policy, told.parameter, language),
    ...(clock ? { limit: limitTold(clock, policy, language) } : {}),
    punctuality: punctualityOf(clock, event, policy, language),
  };
}

/** A ground of a lock names its own basis, as the policy said it on that day. */
function ownBasis({ type, data }: LoggedEvent, policy: Policy, language: Language): Basis | undefined {
  if (type !== 'LockGroundPlaced' && type !== 'LockGroundLifted') return undefined;
  const { ground, code = ground?.code } = data as { ground?: LockGround; code?: LockGround['code'] };
  const rule = policy.parameters.lockGrounds.value.find((one: LockGroundRule) => one.code === code);
  const basis = ground?.basis ?? rule?.basis;
  return basisOf(policy, 'lockGrounds', language, {
    ...(basis === undefined ? {} : { basis }),
    ...(rule === undefined ? {} : { confidence: rule.confidence }),
  });
}

function who({ by }: LoggedEvent, names: Names, language: Language): string {
  if (by.id === systemActor.id) return both('Hệ thống Org eID', 'The system (Org eID)')[language];
  return by.unit === undefined ? by.name : `${by.name}, ${unit({ names }, by.unit)}`;
}

function factsOf({ stream, events, policy, language }: Story, status: string): Narrative['facts'] {
  const [first, last] = [events[0], events.at(-1)];
  const facts: readonly [vi: string, en: string, text: string | undefined][] = [
    ['Mã hồ sơ', 'Case', stream],
    ['Trạng thái', 'Status', status],
    ['Bắt đầu', 'Began', first && inVietnam(first.at)],
    ['Sự kiện cuối', 'Last event', last && inVietnam(last.at)],
    ['Số sự kiện', 'Events', String(events.length)],
    ['Chính sách áp dụng', 'Policy applied', `${policy.title} (${policy.version})`],
    ['Lịch làm việc', 'Working calendar', policy.calendar.version],
    ['Vị trí nhật ký', 'Position in the log', last && String(last.position)],
    ['Mã băm sự kiện cuối', 'Hash of the last event', last?.hash],
  ];
  return facts.flatMap(([vi, en, text]) =>
    text === undefined ? [] : [{ label: language === 'vi' ? vi : en, text }],
  );
}

function notesOf({ language }: Story, steps: readonly NarrativeStep[]): string[] {
  const count = (kind: NarrativeStep['punctuality']['kind']) =>
    steps.filter(({ punctuality }) => punctuality.kind === kind).length;
  const late = count('LATE');
  const silent = steps.filter(({ basis }) => basis.notFound).length;
  const notes = [
    both(
      `Bước trong hạn: ${count('IN_TIME')}; bước quá hạn: ${late}; bước không tìm thấy quy định về thời hạn: ${count('NO_LIMIT')}.`,
      `Steps in time: ${count('IN_TIME')}; late: ${late}; without a limit in the texts: ${count('NO_LIMIT')}.`,
    ),
    ...(silent > 0
      ? [
          both(
            `${silent} bước dựa trên nội dung mà chính sách ghi là không tìm thấy văn bản quy định; các bước đó theo lựa chọn của hệ thống.`,
            `${silent} steps rest on something for which the policy says that no text was found; they follow a choice of this system.`,
          ),
        ]
      : []),
    both(
      'Giờ Việt Nam (UTC+7). Bản tường thuật này được lập từ nhật ký sự kiện; khi có khác biệt, nhật ký có giá trị.',
      'Times are those of Viet Nam (UTC+7). This narrative is made from the log of events; where they differ, the log holds.',
    ),
  ];
  return notes.map((note) => note[language]);
}
