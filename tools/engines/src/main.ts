import { spawn, type ChildProcess } from 'node:child_process';
import { startControl } from './control.js';
import { isEngine, isRestartable, type Engine, type Found } from './engine.js';
import { findEngines } from './find-engines.js';
import { checkProductionInstall } from './production-install.js';

// Runs on engines that are servers of their own: the adapters' contract suites, the end-to-end suite with all services in one process and
// with each as a process of its own, and the commands of the image. Names of these steps as arguments run them alone.

const STEPS = ['contracts', 'standalone', 'services', 'image'] as const;
type Step = (typeof STEPS)[number];

interface Suite {
  readonly title: string;
  readonly project: 'engines' | 'e2e';
  readonly env: Readonly<Record<string, string>>;
}

const SUITES: Readonly<Record<Exclude<Step, 'image'>, Suite>> = {
  contracts: { title: 'contract suites of the adapters', project: 'engines', env: {} },
  standalone: { title: 'end to end, all services in one process', project: 'e2e', env: { HOLDFAST_E2E: 'standalone' } },
  services: { title: 'end to end, each service its own process', project: 'e2e', env: { HOLDFAST_E2E: 'services' } },
};

/**
 * These start every service as its own process whatever the step, so in the step `services` they would be the same runs on the same engines
 * as in the step `standalone`, which takes less time.
 */
const SAME_IN_BOTH = ['services/standalone/test/several-instances.e2e.spec.ts', 'services/standalone/test/commands-killed.e2e.spec.ts'];

/**
 * An engine that goes away is met by the adapters of each service, in whichever process it runs: the step `services` shows all three engines
 * away, and `npm test` Postgres away from one process.
 */
const SHOWN_BY_SERVICES = ['services/standalone/test/outage.e2e.spec.ts'];

/** A browser, and who counts requests, see the gateway alone, and `npm test` shows it there: on other engines it would show nothing more. */
const ONLY_EMBEDDED = ['services/console/test/console.e2e.spec.ts', 'services/standalone/test/too-many-requests.e2e.spec.ts'];

/** Without all engines there is no step `services`, and nothing is left to it. */
function leftIn(step: Exclude<Step, 'image'>, engines: readonly Engine[]): readonly string[] {
  if (step === 'services') return SAME_IN_BOTH;
  return step === 'standalone' && engines.length === 3 ? SHOWN_BY_SERVICES : [];
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

let running: ChildProcess | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupted = true;
    running?.kill('SIGTERM');
  });

// The clients of the engines keep timers for a while after they were closed; a run must not wait for them.
function runSuite({ title, project, env }: Suite, engineEnv: Readonly<Record<string, string>>, left: readonly string[]): Promise<boolean> {
  say(`\n── ${title}`);
  for (const file of left) say(`LEFT to the other step of the two, which shows it: ${file}`);
  if (project === 'e2e') for (const file of ONLY_EMBEDDED) say(`LEFT to npm test, which runs it on the embedded engines: ${file}`);
  const args = ['node_modules/jest/bin/jest.js', '--selectProjects', project, '--runInBand', '--forceExit'];
  args.push('--testPathIgnorePatterns', '/node_modules/', '/dist/', ...left, ...ONLY_EMBEDDED);
  const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...engineEnv, ...env },
  });
  running = child;
  return new Promise((done) => child.once('exit', (code) => done(code === 0)));
}

async function runImage(engines: readonly Engine[]): Promise<boolean> {
  say('\n── start commands of the image, from a production-only install');
  for (const engine of engines) process.env[engine.variable] = engine.url;
  process.env['HOLDFAST_E2E'] = 'services';
  try {
    say(`started: ${(await checkProductionInstall(process.cwd())).join(', ')}`);
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** @returns those of the steps that the found engines allow; says which are left out and why */
function possible(wanted: readonly Step[], found: readonly Found[]): readonly Step[] {
  for (const one of found)
    say(isEngine(one) ? `${one.variable}=${one.url} (${one.origin})` : `SKIPPED: what needs ${one.variable}: ${one.missing}`);
  if (found.every(isEngine)) return wanted;
  if (wanted.includes('services')) say('SKIPPED: end to end with each service as its own process: it needs all three engines');
  if (wanted.includes('image')) say('SKIPPED: the start commands of the image: they need all three engines');
  return wanted.filter((step) => step === 'contracts' || step === 'standalone');
}

async function runSteps(steps: readonly Step[], engines: readonly Engine[]): Promise<number> {
  const kafka = engines.find((one) => one.variable === 'KAFKA_BROKERS');
  const control = kafka !== undefined && isRestartable(kafka) ? await startControl({ kafka }) : undefined;
  if (control === undefined) say('SKIPPED: Kafka away for ten seconds: it was not started here, so it cannot be stopped here');
  const env = {
    ...Object.fromEntries(engines.map((engine) => [engine.variable, engine.url])),
    ...(control === undefined ? {} : { HOLDFAST_ENGINES_CONTROL: control.url }),
  };
  let failed = 0;
  try {
    for (const step of steps) {
      if (interrupted) break;
      const passed = step === 'image' ? await runImage(engines) : await runSuite(SUITES[step], env, leftIn(step, engines));
      if (!passed) failed += 1;
    }
  } finally {
    await control?.close();
  }
  return failed;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !STEPS.some((step) => step === name));
if (unknown.length > 0) {
  say(`${unknown.join(', ')}: not one of ${STEPS.join(', ')}`);
  process.exit(2);
}
const wanted = STEPS.filter((step) => asked.length === 0 || asked.includes(step));
const found = await findEngines();
const engines = found.filter(isEngine);
try {
  const failed = await runSteps(possible(wanted, found), engines);
  say(interrupted ? '\ninterrupted' : failed === 0 ? '\nall suites passed' : `\n${String(failed)} suites FAILED`);
  process.exitCode = failed === 0 && !interrupted ? 0 : 1;
} finally {
  for (const engine of engines) await engine.stop();
}
