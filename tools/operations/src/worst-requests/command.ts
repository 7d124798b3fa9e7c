import { measureHostile } from './hostile.js';
import { slowness } from './measure.js';
import { measureValid } from './valid.js';
import type { Measurement } from './verdict.js';
import { boundsText, excessOf, HEAD, rowOf } from './verdict.js';

/**
 * Measures the worst requests of every route: such that are refused, and the largest that are taken. Ends with 1 where one is over a bound.
 * Words: `hostile` or `valid` for one of the two; anything else measures only requests that hold it.
 */
async function main(words: readonly string[]): Promise<void> {
  const slow = slowness();
  const all: Measurement[] = [];
  const tell = (measurement: Measurement): void => {
    all.push(measurement);
    process.stdout.write(rowOf(measurement, slow));
  };
  const only = words.filter((word) => word !== 'hostile' && word !== 'valid').join(' ');
  process.stdout.write(HEAD);
  if (!words.includes('hostile')) await measureValid(only, tell);
  if (!words.includes('valid')) await measureHostile(only, tell);

  const over = all.filter((one) => excessOf(one, slow) > 1).sort((one, other) => excessOf(other, slow) - excessOf(one, slow));
  process.stdout.write(`\n${over.length} of ${all.length} over ${boundsText(slow)}${over.length > 0 ? `, worst first:\n${HEAD}` : '\n'}`);
  over.forEach((measurement) => process.stdout.write(rowOf(measurement, slow)));
  if (over.length > 0 || all.length === 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
