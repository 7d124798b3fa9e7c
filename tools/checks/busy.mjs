// `npm run test:busy [-- N] [-- NAME…]`: `npm test` beside N loops that do nothing but compute, two unless given. No check may fail for it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const [first = '', ...rest] = process.argv.slice(2);
const loops = /^\d+$/.test(first) ? Number(first) : 2;
const names = /^\d*$/.test(first) ? rest : [first, ...rest];

// A loop ends when this process does, however it ends: its input is then at its end. It looks often, and computes all the time between.
const LOOP = `
process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();
const compute = () => {
  for (const until = Date.now() + 50; Date.now() < until; );
  setImmediate(compute);
};
compute();`;
const busy = Array.from({ length: loops }, () => spawn(process.execPath, ['-e', LOOP], { stdio: ['pipe', 'ignore', 'inherit'] }));
process.stdout.write(`beside ${loops} busy loops\n`);
const test = spawn(process.execPath, ['tools/checks/test.mjs', ...names], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => test.kill('SIGTERM'));
const [code] = await once(test, 'exit');
for (const loop of busy) loop.kill();
process.exitCode = code ?? 1;
