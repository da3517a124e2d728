import type { ProofVerdict } from '../verifier/proof.ts';
import type { BundleFault } from './faults.ts';
import type { BundleScope } from './format.ts';
import type { BundleReport, BundleVerdict } from './verify.ts';

type Language = 'vi' | 'en';

/** What came of reading a bundle, for people: a line each. */
export const tellBundle = (verdict: BundleVerdict, language: Language): string[] =>
  verdict.holds ? tellReport(verdict.report, language) : tellFault(verdict.fault, language);

/** What came of reading the proof of one event, for people: a line each. */
export function tellProof(verdict: ProofVerdict, language: Language): string[] {
  if (!verdict.holds) return tellFault(verdict.fault, language);
  const { event, position, origin, size, key, witnesses } = verdict.report;
  const vi = language === 'vi';
  return [
    vi ? 'ĐÚNG' : 'HOLDS',
    vi
      ? `  sự kiện ${event} ở vị trí ${position} trong ${size} sự kiện của nhật ký ${origin}, đúng như đã ký`
      : `  the event ${event} is at position ${position} of the ${size} events of the log ${origin}, as they were signed`,
    `  ${vi ? 'khóa' : 'key'} ${key}`,
    ...tellWitnesses(witnesses, language),
  ];
}

const tellWitnesses = (witnesses: BundleReport['witnesses'], language: Language): string[] =>
  witnesses.length === 0
    ? []
    : [
        `  ${language === 'vi' ? 'bên chứng kiến' : 'witnesses'} ${witnesses.map(({ name, at }) => `${name} (${at})`).join(', ')}`,
      ];

function tellFault(fault: BundleFault, language: Language): string[] {
  const { check, line, position, stream } = fault;
  const vi = language === 'vi';
  const places = [
    `${vi ? 'dòng' : 'line'} ${line}`,
    ...(position === undefined ? [] : [`${vi ? 'sự kiện' : 'event'} ${position}`]),
    ...(stream ? [`${vi ? 'hồ sơ' : 'case'} ${stream}`] : []),
  ];
  return [
    vi ? `KHÔNG ĐÚNG  ${check}: ${fault.said('vi')}` : `DOES NOT HOLD  ${check}: ${fault.said('en')}`,
    `  ${places.join(', ')}`,
  ];
}

function tellReport(report: BundleReport, language: Language): string[] {
  const { events, size, origin, key, trusted, witnesses, consistentWith, policies, sealed } = report;
  const vi = language === 'vi';
  const say = (vietnamese: string, english: string) => (vi ? vietnamese : english);
  return [
    say('ĐÚNG', 'HOLDS'),
    `  ${tellScope(report.scope, language)}`,
    say(
      `  ${events} trong ${size} sự kiện của nhật ký ${origin} có ở đây, đúng như đã ký`,
      `  ${events} of the ${size} events of the log ${origin} are here, as they were signed`,
    ),
    `  ${say('khóa', 'key')} ${key}`,
    trusted
      ? say('  khóa nối tiếp từ khóa bạn tin cậy', '  the key follows from one that you trust')
      : say(
          '  CHÚ Ý: không so với khóa nào bạn tin cậy; hãy đối chiếu khóa này với khóa đã công bố',
          '  NOTE: compared with no key that you trust; compare this key with the one that was published',
        ),
    ...tellWitnesses(witnesses, language),
    ...consistentWith.map((older) =>
      say(
        `  nhật ký nối tiếp từ mốc ${older} sự kiện`,
        `  the log goes on from the checkpoint of ${older} events`,
      ),
    ),
    `  ${say('chính sách', 'policies')} ${policies.join(', ') || '-'}`,
    sealed
      ? say(
          '  có niêm phong: không phần cuối nào bị bỏ sau khi xuất',
          '  sealed: nothing at its end was left out after the export',
        )
      : say(
          '  không niêm phong: không gì bảo đảm sự kiện cuối của hồ sơ không bị bỏ',
          '  not sealed: nothing vouches that the last events of a case were not left out',
        ),
    say(
      `  xuất lúc ${report.exportedAt}, bởi ${report.exportedBy}`,
      `  exported ${report.exportedAt} by ${report.exportedBy}`,
    ),
  ];
}

function tellScope(scope: BundleScope, language: Language): string {
  const vi = language === 'vi';
  switch (scope.kind) {
    case 'CASE':
      return `${vi ? 'hồ sơ' : 'case'} ${scope.stream}`;
    case 'UNIT':
      return `${vi ? 'hồ sơ của đơn vị' : 'cases of unit'} ${scope.unit}`;
    case 'PERIOD':
      return vi
        ? `ghi từ ${scope.from} đến trước ${scope.to}`
        : `recorded from ${scope.from} until before ${scope.to}`;
    case 'ALL':
      return vi ? 'toàn bộ nhật ký' : 'the whole log';
  }
}
