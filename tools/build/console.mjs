// Builds the console with Vite where one of its sources is newer than what was built.
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const newest = (path) => {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  const files = readdirSync(path, { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile() && !entry.name.includes('.spec.'),
  );
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
};

/** What the console is made of: its own sources, those of the client, and the versions of its packages. */
const SOURCES = ['src', 'public', 'build', 'index.html', 'vite.config.mjs', '../../libs/client/src', '../../package-lock.json'];

/** @returns how many times something was built: 0 or 1 */
export async function buildConsole(folder) {
  const page = join(folder, 'dist/index.html');
  const changed = Math.max(...SOURCES.map((path) => newest(resolve(folder, path))));
  if (existsSync(page) && statSync(page).mtimeMs >= changed) return 0;
  const { build } = await import('vite');
  const before = process.env.NODE_ENV;
  // Under jest it is `test`, and React would be built for developers.
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: pathToFileURL(join(folder, 'vite.config.mjs')).pathname });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
  // What changed while it was built is newer than this. A date has whole milliseconds, a file parts of them.
  utimesSync(page, new Date(), new Date(Math.ceil(changed)));
  return 1;
}
