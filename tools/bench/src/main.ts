import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.js';
import { table } from './report.js';

const width = Math.max(...BENCHES.map(({ name }) => name.length));
const USAGE = `npm run bench -- NAME [options]
  --json OUT     writes the report there
  --rounds N     measured rounds, default 5
  --seconds S    of one side in one round, default 2
  --full         also the sizes that take many minutes
  --data FILE    for replay: the online-retail file, CSV or gzipped CSV
names
${BENCHES.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    full: { type: 'boolean', default: false },
    data: { type: 'string' },
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
if (bench === undefined) fail(name === undefined ? 'which one?' : `there is no benchmark ${name}`);
if (more.length > 0) fail(`one at a time: ${more.join(' ')} is too much`);

if (bench.name === 'replay' && values.data === undefined) fail('replay wants --data FILE');
const report = await bench.run({
  rounds: Math.ceil(positive('rounds', values.rounds)),
  seconds: positive('seconds', values.seconds),
  full: values.full,
  ...(values.data === undefined ? {} : { data: values.data }),
  say,
});
process.stdout.write(`${table(report)}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.targets.every(({ met }) => met) ? 0 : 1;
