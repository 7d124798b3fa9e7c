// `npm test`: everything that a change must pass on this machine alone, several checks at once, because some compute and others wait.
// `node tools/checks/test.mjs NAME…` runs some of them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { tellSlowest } from '../jest/slowest.mjs';
import { sideBySide } from './side-by-side.mjs';

const node = (name, ...args) => ({ name, command: process.execPath, args });
const jest = (name, ...args) => node(name, '--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...args);

// What takes longest, and waits most, is begun first; what only computes fills the pauses and the end.
const STEPS = [
  jest('specs', '--selectProjects', 'unit', 'int'),
  jest('e2e', '--selectProjects', 'e2e', '--runInBand'),
  node('crashes', 'tools/operations/dist/crash-rounds/command.js', '--rounds', '10', '--seed', '1', '--any-recovery'),
  node('channels', 'tools/operations/dist/channel-rounds/command.js', '--rounds', '2', '--listings', '100', '--seed', '1'),
  node('types', 'node_modules/oxlint/bin/oxlint'),
  node('lint', 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  node('proofs', '--enable-source-maps', 'tools/simulate/dist/proofs/main.js'),
  node('format', 'tools/checks/format.mjs'),
];

const wanted = process.argv.slice(2);
const steps = wanted.length === 0 ? STEPS : STEPS.filter(({ name }) => wanted.includes(name));
const folder = mkdtempSync(join(tmpdir(), 'holdfast-checks-'));
process.env.HOLDFAST_SLOWEST = join(folder, 'specs');
const began = performance.now();
try {
  execFileSync(process.execPath, ['tools/build/build.mjs'], { stdio: 'inherit' });
  const passed = await sideBySide(steps, availableParallelism() + 1);
  tellSlowest(process.env.HOLDFAST_SLOWEST);
  process.stdout.write(`\n${passed ? 'all passed' : 'FAILED'} in ${Math.round((performance.now() - began) / 1_000)} s\n`);
  if (!passed) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
