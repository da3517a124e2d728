import type { Actor } from '../../schemas/actor.ts';
import type { Role } from '../../schemas/enums.ts';
import type { Jurisdiction, UnitPlace } from '../../schemas/jurisdiction.ts';
import type { Colleague } from '../../schemas/task.ts';
import { systemActor } from '../deciding.ts';

export const c06 = ['C06'];
export const pc06 = ['PC06-HUNG-YEN', ...c06];
export const commune = ['CAX-LAM-SON', ...pc06];
export const otherCommune = ['CAX-MY-HAO', ...pc06];

const place = (path: readonly string[], name: string): UnitPlace => ({
  unit: path[0] ?? '',
  name,
  path: [...path],
});

/** A request of the commune Lâm Sơn, received and verified by its police. */
export const jurisdiction: Jurisdiction = {
  catalogueVersion: 'test/1',
  reception: place(commune, 'Công an xã Lâm Sơn'),
  receptionIsPc06: false,
  verification: place(commune, 'Công an xã Lâm Sơn'),
  verificationWhy: 'COMMUNE',
};

/** The same, received by PC06 of the province. */
export const receivedByPc06: Jurisdiction = {
  ...jurisdiction,
  reception: place(pc06, 'PC06 tỉnh Hưng Yên'),
  receptionIsPc06: true,
};

/** The office of a department, with no unit above it. */
export const financeOffice = ['FINANCE-33'];

export const officer = (id: string, path: readonly string[], ...roles: Role[]): Actor => ({
  id,
  name: `Cán bộ ${id}`,
  roles,
  unit: path[0] ?? '',
  unitPath: [...path],
});

const outsider = (id: string, name: string, role: Role): Actor => ({ id, name, roles: [role] });

/** Invented people, one or two for every role. */
export const people = {
  system: systemActor,
  registrant: outsider('vn-lan', 'Nguyễn Thị Lan', 'REGISTRANT'),
  stranger: outsider('vn-la', 'Người Lạ', 'REGISTRANT'),
  binh: outsider('vn-binh', 'Trần Văn Bình', 'REPRESENTATIVE'),
  chi: outsider('vn-chi', 'Lê Thị Chi', 'REPRESENTATIVE'),
  desk: officer('desk', commune, 'RECEPTION_OFFICER'),
  deskOfPc06: officer('desk-pc06', pc06, 'RECEPTION_OFFICER'),
  verifier: officer('verifier', commune, 'VERIFICATION_OFFICER'),
  verifier2: officer('verifier-2', commune, 'VERIFICATION_OFFICER'),
  verifierElsewhere: officer('verifier-my-hao', otherCommune, 'VERIFICATION_OFFICER'),
  head: officer('head', commune, 'UNIT_HEAD'),
  /** Verifies and heads the unit: what four eyes are about. */
  verifyingHead: officer('verifying-head', commune, 'VERIFICATION_OFFICER', 'UNIT_HEAD'),
  headElsewhere: officer('head-my-hao', otherCommune, 'UNIT_HEAD'),
  headOfPc06: officer('head-pc06', pc06, 'UNIT_HEAD'),
  proposer: officer('proposer', c06, 'C06_OFFICER'),
  proposer2: officer('proposer-2', c06, 'C06_OFFICER'),
  director: officer('director', c06, 'C06_DIRECTOR'),
  /** Proposes and decides. */
  proposingDirector: officer('proposing-director', c06, 'C06_OFFICER', 'C06_DIRECTOR'),
  callCentre: officer('call-centre', c06, 'CALL_CENTRE'),
  deskElsewhere: officer('desk-my-hao', otherCommune, 'RECEPTION_OFFICER'),
  /** Receives and heads the unit. */
  receivingHead: officer('receiving-head', commune, 'RECEPTION_OFFICER', 'UNIT_HEAD'),
  secondHead: officer('head-2', commune, 'UNIT_HEAD'),
  secondDirector: officer('director-2', c06, 'C06_DIRECTOR'),
  financeOfficer: officer('finance', financeOffice, 'BODY_OFFICER'),
  financeOfficer2: officer('finance-2', financeOffice, 'BODY_OFFICER'),
  taxOfficer: officer('tax-elsewhere', ['TAX-AUTHORITY-33'], 'BODY_OFFICER'),
  authority: outsider('vn-vks', 'Viện kiểm sát nhân dân khu vực 1', 'AUTHORITY'),
  otherAuthority: outsider('vn-thue', 'Thuế tỉnh Hưng Yên', 'AUTHORITY'),
} as const satisfies Record<string, Actor>;

/** A person as one hands a task to. */
export const colleague = ({ id, name, roles, unit = '', unitPath = [] }: Actor): Colleague => ({
  id,
  name,
  roles,
  unit,
  unitPath,
});
