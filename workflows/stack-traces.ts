/**
 * The SDK takes a stack trace at every promise that a workflow makes, and at ten frames that was a third of a worker's time. Three
 * name the place where a rule failed. Evaluated before workflows begin (see workers/bundle.ts), for all of them.
 */
Error.stackTraceLimit = 3;
