// What `.ci/run` runs after `npm test`, beside each other: engines that are servers of their own, a replay with its verification, and the
// end-to-end suite on a newer Node. `node tools/checks/ci.mjs WORK [DATA]`: a folder for results, and the file of invoices, if there is one.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { sideBySide } from './side-by-side.mjs';

const NEWER_NODE = '24';
const NEWER_NODE_WITHIN_S = 1_800;
/** The suites that may differ from one Node to the next. The others kill processes or take engines away; they do that in the other steps. */
const ON_NEWER_NODE = ['one-holdfast', 'readme-tour', 'start-command'];

const [work, data] = process.argv.slice(2).map((path) => resolve(path));
const engines = (name, ...steps) => ({ name, command: process.execPath, args: ['tools/engines/dist/main.js', ...steps] });
const shell = (name, script, env = {}) => ({ name, command: '/bin/sh', args: ['-euc', script], env: { WORK: work, ...env } });

const steps = [
  engines('apart', 'services'),
  engines('engines', 'standalone'),
  shell(
    `node${NEWER_NODE}`,
    `npm install --prefix "$WORK/node" --no-save --no-audit --no-fund --loglevel=error node@${NEWER_NODE}
     PATH="$WORK/node/node_modules/node/bin:$PATH"
     node --version
     exec timeout ${NEWER_NODE_WITHIN_S} node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects e2e --runInBand --testPathPatterns ${ON_NEWER_NODE.join(' ')}`,
  ),
  engines('contracts', 'contracts', 'image'),
  ...(data === undefined
    ? []
    : [
        shell(
          'replay',
          `node --enable-source-maps tools/replay/dist/main.js --data "$DATA" --lines 20000 --lots --json "$WORK/replay.json"
           node --enable-source-maps tools/operations/dist/verify-command.js --json "$WORK/verify.json"`,
          { DATA: data, HOLDFAST_DATA: join(work, 'data') },
        ),
      ]),
];
execFileSync(process.execPath, ['tools/build/build.mjs'], { stdio: 'inherit' });
if (!(await sideBySide(steps, 4))) process.exitCode = 1;
