import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const TOLD = 10;

/** Reporter of jest: notes the seconds of each spec file in the file that HOLDFAST_SLOWEST names; several runs may share it. */
export default class Slowest {
  onTestResult({ path }, { perfStats }) {
    const file = process.env.HOLDFAST_SLOWEST;
    if (file === undefined) return;
    appendFileSync(file, `${((perfStats.end - perfStats.start) / 1_000).toFixed(1)} ${relative(process.cwd(), path)}\n`);
  }
}

/** Prints the slowest spec files that were noted. */
export function tellSlowest(file) {
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const slowest = lines.sort((left, right) => Number.parseFloat(right) - Number.parseFloat(left)).slice(0, TOLD);
  process.stdout.write(`\nthe ${slowest.length} slowest of ${lines.length} spec files:\n`);
  for (const line of slowest) process.stdout.write(`${line.split(' ')[0].padStart(7)} s  ${line.split(' ')[1]}\n`);
}
