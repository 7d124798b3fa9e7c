import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.js';
import { ABOUT_ENGINES, compareEngines } from './engine-sets/compare.js';
import { enginesTable } from './engine-sets/comparison.js';
import { table, type Target } from './report.js';

const ENGINES = 'engines';
const NAMES = [...BENCHES, { name: ENGINES, about: ABOUT_ENGINES }];
const width = Math.max(...NAMES.map(({ name }) => name.length));
const USAGE = `npm run bench -- NAME [options]
  --json OUT     writes the report there
  --rounds N     measured rounds, default 5
  --seconds S    of one side in one round, default 2
  --full         also the sizes that take many minutes
  --data FILE    for replay, rebalancing and engines: the online-retail file, CSV or gzipped CSV
  --lines N      for replay: only the first N lines; for polls: so many rows
names
${NAMES.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    full: { type: 'boolean', default: false },
    data: { type: 'string' },
    lines: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

function fail(message: string): never {
  say(`${message}\n\n${USAGE}`);
  process.exit(2);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) fail(`--${name} must be a number above 0, not ${text}`);
  return value;
}

if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const [name, ...more] = positionals;
const bench = BENCHES.find((each) => each.name === name);
if (name === undefined) fail('which one?');
if (bench === undefined && name !== ENGINES) fail(`there is no benchmark ${name}`);
if (more.length > 0) fail(`one at a time: ${more.join(' ')} is too much`);
if ((name === 'replay' || name === 'rebalancing') && values.data === undefined) fail(`${name} wants --data FILE`);

const options = {
  rounds: Math.ceil(positive('rounds', values.rounds)),
  seconds: positive('seconds', values.seconds),
  full: values.full,
  ...(values.data === undefined ? {} : { data: values.data }),
  ...(values.lines === undefined ? {} : { lines: positive('lines', values.lines) }),
  say,
};

async function measured(): Promise<{ readonly report: { readonly targets: readonly Target[] }; readonly text: string }> {
  if (bench === undefined) {
    const report = await compareEngines(options);
    return { report, text: enginesTable(report) };
  }
  const report = await bench.run(options);
  return { report, text: table(report) };
}

const { report, text } = await measured();
process.stdout.write(`${text}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.targets.every(({ met }) => met) ? 0 : 1;
