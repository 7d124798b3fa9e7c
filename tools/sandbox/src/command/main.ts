import { parseArgs } from 'node:util';
import { startSandbox } from './start-sandbox.js';

// `npm run sandbox`: five simulated vendors on this machine, with what a channel of each is set up with.

const USAGE = `npm run sandbox -- [options]
  --port P      of the page; the vendors take the five ports after it (default 4100)
  --no-limits   vendors refuse no call for coming too soon`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4100' }, 'no-limits': { type: 'boolean', default: false }, help: { type: 'boolean' } },
});
const port = Number(values.port);
if (values.help === true || !Number.isInteger(port) || port < 0 || port > 65_530) {
  say(USAGE);
  process.exit(values.help === true ? 0 : 2);
}

const sandbox = await startSandbox(port, values['no-limits'] ? 'none' : 'vendor');
say(`Shops: ${sandbox.url}\n\nSet a channel up with the body below its vendor, by PUT /sales-channel/channels/{channelId}:`);
for (const { vendor, account } of sandbox.vendors) say(`\n${vendor}\n${JSON.stringify({ provider: vendor, ...account }, null, 2)}`);

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
