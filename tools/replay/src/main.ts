import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ERP_SYSTEMS } from '@holdfast/sandbox';
import { Ending } from '@holdfast/testing';
import { startHoldfast, type StartedHoldfast } from './holdfast-process.js';
import { replay } from './replay.js';
import { holds, table } from './report.js';

const USAGE = `npm run replay -- --data FILE [options]
  --data FILE        the online-retail file, CSV or gzipped CSV
  --lines N          only the first N lines
  --tightness X      share of the demand that is delivered, default 0.9; below 1 some orders are refused
  --json OUT         writes the report there
  --url URL          a running Holdfast; its key is read from HOLDFAST_API_KEY. Without it one is started, in a temporary folder unless HOLDFAST_DATA names one
  --prefix TEXT      put before every name; default none on a Holdfast of its own, a new one on a running Holdfast
  --seed N           of the ERP's whims, default 1
  --channels all     also the five vendors of the sandbox, their limits raised; default webhook, the shop's own channel alone
  --erp SYSTEM       the ERP is a simulated sap-s4hana, totvs-protheus or linx-microvix that Holdfast polls; default topic: it sends messages
  --lots             a quarter of the SKUs is kept in lots; some expire or are recalled, units are held, and counts run while the shop sells
  --in-flight N      orders at once, default 16`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    lines: { type: 'string' },
    tightness: { type: 'string', default: '0.9' },
    json: { type: 'string' },
    url: { type: 'string' },
    prefix: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'in-flight': { type: 'string', default: '16' },
    channels: { type: 'string', default: 'webhook' },
    erp: { type: 'string', default: 'topic' },
    lots: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}\n`);
  process.exit(2);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) fail(`--${name} must be a number above 0, not ${text}`);
  return value;
}

async function holdfast(url: string | undefined): Promise<StartedHoldfast> {
  if (url === undefined) return startHoldfast();
  const key = process.env['HOLDFAST_API_KEY'];
  if (key === undefined) fail('with --url the key of the running Holdfast must be in HOLDFAST_API_KEY');
  return { url, key, stop: () => Promise.resolve() };
}

if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
if (values.data === undefined) fail('--data is missing');
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const { channels } = values;
const erps = ['topic', ...ERP_SYSTEMS] as const;
const erp = erps.find((system) => system === values.erp);
if (erp === undefined) fail(`--erp is ${erps.join(', ')}, not ${values.erp}`);
if (channels !== 'webhook' && channels !== 'all') fail(`--channels is webhook or all, not ${channels}`);
if (values.lots && channels !== 'webhook') fail('--lots needs --channels webhook: what one place owes is kept back at another');
if (values.lots && erp !== 'topic') fail('--lots needs --erp topic: a polled ERP tells no lots');
const ending = new Ending(say);
const target = await holdfast(values.url);
ending.stops(target);
try {
  const { differences, ...report } = await replay({
    file: values.data,
    lines: values.lines === undefined ? Number.POSITIVE_INFINITY : positive('lines', values.lines),
    tightness: positive('tightness', values.tightness),
    seed: positive('seed', values.seed),
    ordersInFlight: positive('in-flight', values['in-flight']),
    url: target.url,
    key: target.key,
    prefix: values.prefix ?? (values.url === undefined ? '' : `r${randomBytes(3).toString('hex')}-`),
    channels,
    erp,
    lots: values.lots,
    say,
  });
  process.stdout.write(`${table(report)}\n`);
  for (const difference of differences.slice(0, 20)) say(`  ${difference}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = holds(report) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await target.stop();
}
