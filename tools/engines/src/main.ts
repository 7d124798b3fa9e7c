import { spawn } from 'node:child_process';
import { startControl } from './control.js';
import { isEngine, isRestartable, type Engine } from './engine.js';
import { findEngines } from './find-engines.js';
import { checkProductionInstall } from './production-install.js';

// Runs the adapters' contract suites, then the end-to-end suite twice, on engines that are servers of their own:
// with all services in one process, and with each as a process of its own.

interface Step {
  readonly title: string;
  readonly project: 'engines' | 'e2e';
  readonly env: Readonly<Record<string, string>>;
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

// The clients of the engines keep timers for a while after they were closed; a run must not wait for them.
function run(step: Step, engines: readonly Engine[]): Promise<boolean> {
  say(`\n── ${step.title}`);
  const urls = Object.fromEntries(engines.map((engine) => [engine.variable, engine.url]));
  const args = ['node_modules/jest/bin/jest.js', '--selectProjects', step.project, '--runInBand', '--forceExit'];
  const child = spawn(process.execPath, ['--experimental-vm-modules', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...urls, ...step.env },
  });
  return new Promise((done) => child.once('exit', (code) => done(code === 0)));
}

const found = await findEngines();
const engines = found.filter(isEngine);
for (const one of found)
  say(isEngine(one) ? `${one.variable}=${one.url} (${one.origin})` : `SKIPPED: what needs ${one.variable}: ${one.missing}`);

const steps: Step[] = [
  { title: 'contract suites of the adapters', project: 'engines', env: {} },
  { title: 'end to end, all services in one process', project: 'e2e', env: { HOLDFAST_E2E: 'standalone' } },
];
if (engines.length === 3) {
  steps.push({ title: 'end to end, each service its own process', project: 'e2e', env: { HOLDFAST_E2E: 'services' } });
} else {
  say('SKIPPED: end to end with each service as its own process: it needs all three engines');
}

const kafka = found.find((one) => one.variable === 'KAFKA_BROKERS' && isRestartable(one));
const control = kafka !== undefined && isRestartable(kafka) ? await startControl({ kafka }) : undefined;
if (control === undefined) say('SKIPPED: Kafka away for ten seconds: it was not started here, so it cannot be stopped here');
const controlled = control === undefined ? {} : { HOLDFAST_ENGINES_CONTROL: control.url };

let failed = 0;
try {
  for (const step of steps) if (!(await run({ ...step, env: { ...step.env, ...controlled } }, engines))) failed += 1;
  if (engines.length === 3) {
    say('\n── start commands of the image, from a production-only install');
    for (const engine of engines) process.env[engine.variable] = engine.url;
    process.env['HOLDFAST_E2E'] = 'services';
    try {
      say(`started: ${(await checkProductionInstall(process.cwd())).join(', ')}`);
    } catch (error) {
      failed += 1;
      say(error instanceof Error ? error.message : String(error));
    }
  }
} finally {
  await control?.close();
  for (const engine of engines) await engine.stop();
}
say(failed === 0 ? '\nall suites passed' : `\n${String(failed)} suites FAILED`);
process.exitCode = failed === 0 ? 0 : 1;
