import { refusals, statusNames } from '../../proof/refusals.ts';
import type { ProofVerdict } from '../../proof/verify.ts';
import type { ProofClaims } from '../../schemas/proof.ts';

/** A verdict as one JSON document; a refusal carries the code of the error table, its reason and what to do. */
export function verdictJson(verdict: ProofVerdict): object {
  if (verdict.accepted) return verdict;
  const { vi, en, next } = refusals[verdict.reason];
  return { ...verdict, code: 'EID_ERR_PROOF_REFUSED', vi, en, next };
}

/** A verdict as a desk reads it, in Vietnamese and English. */
export function verdictText(verdict: ProofVerdict): string {
  if (verdict.accepted) return ['CHẤP NHẬN · ACCEPTED', ...claimLines(verdict.claims)].join('\n');
  const { vi, en, next } = refusals[verdict.reason];
  return [
    `TỪ CHỐI · REFUSED  ${verdict.reason}`,
    `  ${vi}`,
    `  ${en}`,
    `  → ${next.vi}`,
    `  → ${next.en}`,
    ...(verdict.claims ? claimLines(verdict.claims) : []),
  ].join('\n');
}

function claimLines(claims: ProofClaims): string[] {
  const status = statusNames[claims.status];
  return [
    `  Số định danh · number        ${claims.sub}`,
    `  Tên tổ chức · organisation   ${claims.name}`,
    `  Người xuất trình · shown by  ${claims.holder}`,
    `  Trạng thái · status          ${status.vi} · ${status.en}`,
    `  Cấp lúc · issued at          ${local(claims.iat)}`,
    `  Hết hạn lúc · expires at     ${local(claims.exp)}`,
    `  Vị trí nhật ký · position    ${claims.pos}`,
  ];
}

/** Time of Viet Nam, which has had one offset since 1975. */
function local(seconds: number): string {
  const shifted = new Date(seconds * 1000 + 7 * 3_600_000);
  if (Number.isNaN(shifted.getTime())) return `${seconds}`;
  return shifted.toISOString().replace('T', ' ').replace('.000Z', ' +07:00');
}
