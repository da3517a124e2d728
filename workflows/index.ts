export { account } from './account.ts';
export { caretaker } from './caretaker.ts';
export { registration } from './registration.ts';
export { relay } from './relay.ts';
