import { choices } from '../../domain/testing/random.ts';
import type { EventActor } from '../../schemas/case.ts';
import type { Role } from '../../schemas/enums.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import type { RegistrationEvent } from '../../schemas/registration.ts';
import type { TaskKind } from '../../schemas/task.ts';
import { c06, nameOf, placeOf, streamOf, taxCodeOf } from './world.ts';

export const POLICY_VERSION = 'bench';
export const by: EventActor = { id: 'system', name: 'Org eID' };
const DAY = 86_400_000;
const start = Date.parse('2026-03-02T01:00:00.000Z');

type Work = { readonly kind: TaskKind; readonly role: Role; readonly place: UnitPlace };

/** Of ten open tasks seven lie with communes, three with C06. */
function workOf(n: number, place: UnitPlace): Work {
  const kinds: readonly (readonly [TaskKind, Role, UnitPlace])[] = [
    ['VERIFY', 'VERIFICATION_OFFICER', place],
    ['VERIFY', 'VERIFICATION_OFFICER', place],
    ['VERIFY', 'VERIFICATION_OFFICER', place],
    ['VERIFY', 'VERIFICATION_OFFICER', place],
    ['RECEIVE', 'RECEPTION_OFFICER', place],
    ['CONFIRM', 'UNIT_HEAD', place],
    ['RESOLVE_MISMATCH', 'VERIFICATION_OFFICER', place],
    ['PROPOSE', 'C06_OFFICER', c06],
    ['PROPOSE', 'C06_OFFICER', c06],
    ['DECIDE', 'C06_DIRECTOR', c06],
  ];
  const [kind, role, where] = kinds[n % kinds.length] ?? ['VERIFY', 'VERIFICATION_OFFICER', place];
  return { kind, role, place: where };
}

export type GeneratedCase = {
  readonly stream: string;
  readonly at: string;
  readonly events: RegistrationEvent[];
};

/** Case `n`: a request with one open task, a third of them held, a tenth overdue and with the unit above as well. */
export function caseOf(n: number): GeneratedCase {
  const c = choices(n * 17 + 3);
  const place = placeOf(n);
  const { kind, role, place: where } = workOf(n, place);
  const at = new Date(start + c.below(20 * 1440) * 60_000).toISOString();
  // Limits end with a working day, so many tasks share a due time; some have none, some one of their own.
  const dueAt = c.once(20)
    ? undefined
    : new Date(
        start + (c.once(10) ? c.below(30 * 1440) * 60_000 : c.below(30) * DAY + 9 * 3_600_000),
      ).toISOString();
  const taskId = `${kind.toLowerCase().replaceAll('_', '-')}-1`;
  const holder = { id: `${where.unit}-o${c.below(10)}`, name: 'Cán bộ', unit: where.unit };
  const verified: RegistrationEvent[] =
    kind === 'CONFIRM'
      ? [
          {
            type: 'TaskOpened',
            data: {
              taskId: 'verify-1',
              kind: 'VERIFY',
              role: 'VERIFICATION_OFFICER',
              unit: where.unit,
              unitPath: where.path,
            },
          },
          { type: 'TaskCompleted', data: { taskId: 'verify-1', by: holder } },
        ]
      : [];
  const above = where.path[1];
  const overdue: RegistrationEvent[] =
    dueAt !== undefined && c.once(10)
      ? [
          { type: 'TaskOverdue', data: { taskId, dueAt } },
          ...(above === undefined
            ? []
            : [
                {
                  type: 'TaskEscalated' as const,
                  data: { taskId, toUnit: above, cause: 'OVERDUE' as const },
                },
              ]),
        ]
      : [];
  return {
    stream: streamOf(n),
    at,
    events: [
      { type: 'DossierDrafted', data: { policyVersion: POLICY_VERSION, ...filingOf(n, place) } },
      { type: 'RequestSubmitted', data: {} },
      ...verified,
      {
        type: 'TaskOpened',
        data: {
          taskId,
          kind,
          role,
          unit: where.unit,
          unitPath: where.path,
          ...(dueAt === undefined ? {} : { dueAt }),
        },
      },
      ...(c.once(3) ? [{ type: 'TaskClaimed' as const, data: { taskId, holder } }] : []),
      ...overdue,
    ],
  };
}

function filingOf(n: number, place: UnitPlace) {
  const person = { name: 'Nguyễn Văn An', number: '000000000000', nationality: 'VN' };
  const code = taxCodeOf(n);
  return {
    channel: 'VNEID_APP' as const,
    registrantId: `vn-${n}`,
    dossier: {
      registrant: { ...person, kind: 'LEGAL_REPRESENTATIVE' as const, accountLevel: 2 as const },
      organisation: {
        nameVi: nameOf(n),
        establishedOn: '2019-05-06',
        address: { text: `Số ${n % 300} đường Trần Phú`, commune: 'XA' },
        code,
        taxCode: code,
        representative: person,
        category: 'ENTERPRISE' as const,
        facets: [],
        establishedInVietnam: true,
      },
      otherRepresentatives: [],
      undertaking: true,
      containsStateSecret: false,
    },
    jurisdiction: {
      catalogueVersion: 'bench/1',
      reception: place,
      receptionIsPc06: false,
      verification: place,
      verificationWhy: 'COMMUNE',
    },
  };
}
