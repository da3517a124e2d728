import { BundleFault, type FaultCode } from './faults.ts';
import type { ReadLine } from './readLines.ts';

/** Takes lines by their names, in the order that the format gives them. */
export class LineReader {
  /** Of the line that was taken last. */
  number = 0;
  before = '';
  readonly #lines: AsyncGenerator<ReadLine>;
  #next: ReadLine | undefined;

  constructor(lines: AsyncGenerator<ReadLine>) {
    this.#lines = lines;
  }

  async maybe<T>(name: string, shape: (value: unknown) => T | undefined): Promise<T | undefined> {
    const line = await this.#peek();
    if (line?.name !== name) return undefined;
    this.#next = undefined;
    this.number = line.number;
    this.before = line.before;
    return known(shape(line.value), 'NOT_ITS_SHAPE', line.number, name);
  }

  async one<T>(name: string, shape: (value: unknown) => T | undefined): Promise<T> {
    const value = await this.maybe(name, shape);
    return known(value, 'MISSING', this.number + 1, name);
  }

  async all<T>(name: string, shape: (value: unknown) => T | undefined) {
    const all: { readonly value: T; readonly line: number }[] = [];
    for (
      let value = await this.maybe(name, shape);
      value !== undefined;
      value = await this.maybe(name, shape)
    )
      all.push({ value, line: this.number });
    return all;
  }

  async none(): Promise<void> {
    if (await this.#peek()) throw new BundleFault('UNWANTED', this.number + 1);
  }

  async #peek(): Promise<ReadLine | undefined> {
    if (!this.#next) {
      const { value, done } = await this.#lines.next();
      this.#next = done ? undefined : value;
    }
    return this.#next;
  }
}

/** @throws BundleFault when there is none */
export function known<T>(value: T | undefined, code: FaultCode, line: number, about?: string): T {
  if (value === undefined) throw new BundleFault(code, line, about === undefined ? {} : { about });
  return value;
}
