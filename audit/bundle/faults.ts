/** What is checked of a bundle, in the order in which a reader comes to it. */
export type Check =
  | 'FORMAT'
  | 'KEYS'
  | 'CHECKPOINT'
  | 'WITNESSES'
  | 'CONSISTENCY'
  | 'POLICIES'
  | 'EVENTS'
  | 'SCOPE'
  | 'TREE'
  | 'END'
  | 'SEAL';

/** The first thing that does not hold. `line` counts from 1; `position` is that of the event. */
export class BundleFault extends Error {
  override readonly name = 'BundleFault';
  readonly check: Check;
  readonly line: number;
  readonly position: number | undefined;
  readonly stream: string | undefined;

  constructor(
    check: Check,
    line: number,
    what: string,
    { position, stream }: { readonly position?: number; readonly stream?: string } = {},
  ) {
    super(what);
    this.check = check;
    this.line = line;
    this.position = position;
    this.stream = stream;
  }
}
