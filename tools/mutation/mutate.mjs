import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

// Stryker brings a hundred packages that nothing else here needs, so it is fetched when it is asked for, at exactly this version.
const STRYKER = '@stryker-mutator/core@9.6.1';
const LEAST_SCORE = 90;
const HELP = `npm run mutation -- [--only GLOB,…] [--concurrency N] [--fresh]

  --only         files of libs/inventory/src to change, e.g. sku/reservations/*.ts,order/*.ts (default: all)
  --concurrency  tests run at once (default 2)
  --fresh        forgets what the last run found
Reports to tmp/mutation.`;

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const reports = join(root, 'tmp', 'mutation');

/** A copy, so that a run changes nothing that somebody works on, and nothing that they do disturbs a run. */
async function copyOfTheDomain() {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-mutation-'));
  for (const part of ['src', 'test', 'package.json']) {
    await cp(join(root, 'libs/inventory', part), join(folder, 'libs/inventory', part), { recursive: true });
  }
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  return folder;
}

const strykerConfig = (only, concurrency) => ({
  packageManager: 'npm',
  plugins: [join(root, 'tools/mutation/runner.mjs')],
  testRunner: 'examples',
  ignorers: ['never-reached'],
  coverageAnalysis: 'perTest',
  mutate: [...only.map((glob) => `libs/inventory/src/${glob}`), '!**/*.spec.ts', '!**/index.ts'],
  concurrency,
  timeoutMS: 2_000,
  inPlace: true,
  allowConsoleColors: false,
  incremental: true,
  incrementalFile: join(reports, 'incremental.json'),
  reporters: ['clear-text', 'json', 'html', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: join(reports, 'mutation.json') },
  htmlReporter: { fileName: join(reports, 'mutation.html') },
  thresholds: { high: 95, low: LEAST_SCORE, break: LEAST_SCORE },
});

function stryker(folder) {
  const child = spawn('npx', ['--yes', '-p', STRYKER, '-c', 'stryker run stryker.config.json'], { cwd: folder, stdio: 'inherit' });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/** As Stryker counts: of the changes that a test could have noticed, those that one did. */
async function figures() {
  const { files } = JSON.parse(await readFile(join(reports, 'mutation.json'), 'utf8'));
  const count = (mutants, ...states) => mutants.filter(({ status }) => states.includes(status)).length;
  const line = (name, mutants) => {
    const found = count(mutants, 'Killed', 'Timeout');
    const missed = count(mutants, 'Survived', 'NoCoverage');
    const score = found + missed === 0 ? 100 : (100 * found) / (found + missed);
    return `${score.toFixed(1).padStart(6)} %  ${String(found).padStart(5)} found  ${String(missed).padStart(4)} missed  ${name}`;
  };
  const folderOf = (path) => dirname(path).replace('libs/inventory/src', 'libs/inventory');
  const groups = grouped(Object.entries(files), ([path]) => folderOf(path));
  const lines = [...groups].map(([folder, entries]) =>
    line(
      folder,
      entries.flatMap(([, { mutants }]) => mutants),
    ),
  );
  return [
    ...lines,
    line(
      'all',
      Object.values(files).flatMap(({ mutants }) => mutants),
    ),
  ].join('\n');
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '**/*.ts' },
    concurrency: { type: 'string', default: '2' },
    fresh: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
await mkdir(reports, { recursive: true });
if (values.fresh) await rm(join(reports, 'incremental.json'), { force: true });
const folder = await copyOfTheDomain();
try {
  await writeFile(
    join(folder, 'stryker.config.json'),
    JSON.stringify(strykerConfig(values.only.split(','), Number(values.concurrency)), null, 2),
  );
  process.exitCode = await stryker(folder);
  process.stdout.write(`\n${await figures()}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
