import type { Rule } from './config.ts';
import { at } from './pointer.ts';
import type { Response } from './request.ts';

/** The first rule that a response fits. */
export const ruleFor = (rules: readonly Rule[], response: Response): Rule | undefined =>
  rules.find(({ when }) => fits(when, response));

function fits({ status, body }: Rule['when'], response: Response): boolean {
  if (status !== undefined) {
    const any = Array.isArray(status) ? status : [status];
    const group = `${Math.floor(response.status / 100)}xx`;
    if (!any.some((one) => one === response.status || one === group)) return false;
  }
  if (body === undefined) return true;
  const value = at(body.pointer, response.body);
  if (body.present !== undefined) return (value !== undefined && value !== null) === body.present;
  return value === body.equals;
}
