// `node tools/checks/format.mjs`: is every file formatted? oxfmt reads all of them in two seconds, for which Prettier computes a minute and a
// half. Prettier is the norm: where the two differ, as in some unions of types, it decides.
import { spawnSync } from 'node:child_process';

const MOST_ARGUMENTS = 500;

const run = (script, ...args) => {
  const { status, stdout, error } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  return { status, stdout };
};

const { status, stdout } = run('node_modules/oxfmt/bin/oxfmt', '--list-different', '.');
const different = stdout.split('\n').filter((path) => path !== '');
// It says so by its status too, and any other failure has no list.
if (status !== 0 && different.length === 0) process.exit(status ?? 1);
for (let begin = 0; begin < different.length; begin += MOST_ARGUMENTS) {
  const some = different.slice(begin, begin + MOST_ARGUMENTS);
  if (run('node_modules/prettier/bin/prettier.cjs', '--check', ...some, '--log-level', 'warn').status !== 0) process.exitCode = 1;
}
process.stdout.write(`${different.length} files were left to Prettier\n`);
