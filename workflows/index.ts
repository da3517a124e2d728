export { account } from './account.ts';
export { caretaker } from './caretaker.ts';
export { checkpoint } from './checkpoint.ts';
export { lockOrder as 'lock-order' } from './lock-order.ts';
export { mirror } from './mirror.ts';
export { reconciliation } from './reconciliation.ts';
export { registration } from './registration.ts';
export { relay } from './relay.ts';
export { verification } from './verification.ts';
