import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder that is removed when the running test ends. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'orgeid-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
