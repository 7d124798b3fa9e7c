// `node [options] tools/build/run.mjs PROGRAM [arguments]`: builds what is stale, then runs the compiled program in this process.
// npm's scripts start their programs by `exec node … tools/build/run.mjs`, not by `build && node …`: npm passes a signal on to the shell
// that it started, and a shell that waits for a program does not pass it on further. After `exec` there is no shell.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

try {
  execFileSync(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url))], { stdio: 'inherit' });
} catch {
  process.exit(1);
}
process.argv.splice(1, 1);
await import(pathToFileURL(resolve(process.argv[1])).href);
