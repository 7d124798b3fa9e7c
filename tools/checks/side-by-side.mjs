// Runs commands beside each other and prints what they say line by line, each line with the name of its command before it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Failures } from './failures.mjs';

/**
 * @param steps begun in this order, so many at once; all run, also after one has failed. A signal ends them and this process.
 * @param onLine told every line of every step
 * @returns names and seconds of all, and whether they passed
 */
export async function sideBySide(steps, atOnce, onLine = () => undefined) {
  const running = new Set();
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      for (const child of running) child.kill('SIGTERM');
      process.exitCode = 1;
      waiting.length = 0;
    });
  const width = Math.max(...steps.map(({ name }) => name.length));
  const waiting = [...steps];
  const outcomes = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const print = (line) => {
        onLine(line);
        process.stdout.write(`${step.name.padEnd(width)} │ ${line}\n`);
      };
      outcomes.push(await runOne(step, print, running));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, steps.length) }, work));
  tell(outcomes);
  return outcomes.length === steps.length && outcomes.every(({ passed }) => passed);
}

async function runOne({ name, command, args, env = {} }, print, running) {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  running.add(child);
  const failures = new Failures();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      print(line);
      failures.add(line);
    });
  const code = await new Promise((ended) => {
    child.once('error', (error) => {
      print(String(error));
      ended(-1);
    });
    child.once('close', ended);
  });
  running.delete(child);
  const seconds = Math.round((performance.now() - began) / 1_000);
  print(code === 0 ? `passed in ${seconds} s` : `FAILED after ${seconds} s`);
  return { name, seconds, passed: code === 0, failures };
}

function tell(outcomes) {
  for (const { name, failures } of outcomes.filter(({ passed }) => !passed))
    process.stdout.write(`\n── ${name} FAILED:\n${failures.lines().join('\n')}\n`);
  process.stdout.write('\n');
  for (const { name, seconds, passed } of outcomes)
    process.stdout.write(`${String(seconds).padStart(5)} s  ${name}${passed ? '' : '  FAILED'}\n`);
}
