import type { Language } from '../../domain/calendar/phrases.ts';
import type { Confidence } from '../../schemas/enums.ts';
import type { Policy, PolicyParameters } from '../../schemas/policy.ts';
import { basesVi } from './basesVi.ts';
import type { Basis } from './model.ts';
import { confidences } from './terms/common.ts';

const silent = /^(no text found|the fields of form TK03 were not found)/i;

/** A legal basis in words. `own`: what rests on a basis of its own and not on that of the whole parameter. */
export function basisOf(
  policy: Policy,
  parameter: keyof PolicyParameters,
  language: Language,
  own: { readonly basis?: string; readonly confidence?: Confidence } = {},
): Basis {
  const given = policy.parameters[parameter];
  const { basis = given.basis, confidence = given.confidence } = own;
  return {
    parameter,
    text: language === 'vi' ? (basesVi[basis] ?? basis) : basis,
    confidence: confidences[confidence][language],
    notFound: confidence === 'NF' || silent.test(basis),
  };
}
