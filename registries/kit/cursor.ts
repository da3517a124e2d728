import { readFile, rename, writeFile } from 'node:fs/promises';

/** Where the changes of a registry go on. */
export type Cursor = {
  read(): Promise<string | undefined>;
  write(cursor: string): Promise<void>;
};

/** As long as the process lives. */
export function cursorInMemory(): Cursor {
  let at: string | undefined;
  return {
    read: async () => at,
    write: async (cursor) => {
      at = cursor;
    },
  };
}

/** In a file, which is replaced as a whole: a crash leaves the cursor before or the one after. */
export function cursorInFile(file: string): Cursor {
  return {
    read: () =>
      readFile(file, 'utf8').then(
        (text) => text || undefined,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined;
          throw error;
        },
      ),
    async write(cursor) {
      await writeFile(`${file}.new`, cursor);
      await rename(`${file}.new`, file);
    },
  };
}
