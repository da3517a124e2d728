/** A wait of one waiter that somebody else may end early. */
export type Pause = { lasting(ms: number): Promise<void>; end(): void };

export function createPause(): Pause {
  let end = () => {};
  return {
    lasting: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => end(),
  };
}
