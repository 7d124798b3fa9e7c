import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says where the embedded engines of a running Holdfast answer, for commands that work beside it. Removed when it stops. */
export function writeEnginesFile(dataFolder: string, databaseUrl: string): () => void {
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, 'engines.json');
  writeFileSync(file, `${JSON.stringify({ databaseUrl, pid: process.pid })}\n`, { mode: 0o600 });
  return () => {
    rmSync(file, { force: true });
  };
}
