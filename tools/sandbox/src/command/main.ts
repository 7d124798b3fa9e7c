import { parseArgs } from 'node:util';
import { startSandbox } from './start-sandbox.js';

// `npm run sandbox`: simulated sales channels and ERP systems on this machine, with what a channel or connection of each is set up with.

const USAGE = `npm run sandbox -- [options]
  --port P      of the page; the vendors take the five ports after it, the ERP systems three more (default 4100)
  --no-limits   vendors refuse no call for coming too soon
  --still       nothing happens in the companies of the ERP systems`;

const LIVES_EVERY_MS = 5_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    'no-limits': { type: 'boolean', default: false },
    still: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
const port = Number(values.port);
if (values.help === true || !Number.isInteger(port) || port < 0 || port > 65_530) {
  say(USAGE);
  process.exit(values.help === true ? 0 : 2);
}

const sandbox = await startSandbox(port, values['no-limits'] ? 'none' : 'vendor');
say(
  `Shops and ERP systems: ${sandbox.url}\n\nSet a channel up with the body below its vendor, by PUT /sales-channel/channels/{channelId}:`,
);
for (const { vendor, account } of sandbox.vendors) say(`\n${vendor}\n${JSON.stringify({ provider: vendor, ...account }, null, 2)}`);
say('\nConnect an ERP system with the body below its name, by PUT /v1/erp/connections/{connectionId}:');
for (const { system, connection } of sandbox.erps) say(`\n${system}\n${JSON.stringify(connection, null, 2)}`);
if (!values.still) setInterval(() => sandbox.live(), LIVES_EVERY_MS).unref();

const stop = (): void => {
  sandbox.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
