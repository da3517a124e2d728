export { type ControlReply, commandFault, type FaultCommand } from '../rehearsal/control.ts';
