import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const TOLD = 10;

/** Notes the seconds that a spec file took, and those that its worker computed, in the file that HOLDFAST_SLOWEST names; several runs may share it. */
export function noteSpec(path, tookMs, { user, system }) {
  const file = process.env.HOLDFAST_SLOWEST;
  if (file === undefined) return;
  appendFileSync(file, `${(tookMs / 1_000).toFixed(1)} ${((user + system) / 1_000_000).toFixed(1)} ${relative(process.cwd(), path)}\n`);
}

/** Prints the slowest spec files that were noted. */
export function tellSlowest(file) {
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const slowest = lines.sort((left, right) => Number.parseFloat(right) - Number.parseFloat(left)).slice(0, TOLD);
  process.stdout.write(`\nthe ${slowest.length} slowest of ${lines.length} spec files, and how much of it their worker computed:\n`);
  for (const [took, computed, path] of slowest.map((line) => line.split(' ')))
    process.stdout.write(`${took.padStart(7)} s ${computed.padStart(7)} s  ${path}\n`);
}
