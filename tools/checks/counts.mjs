// `node tools/checks/counts.mjs LOG FAILED_STEPS`: prints the closing line of `.ci/run`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Side by side every line has the name of its step before it. What is printed again at the end has none, and is not counted again.
const CLOSING_LINE = /^[a-z0-9]+ +│ (?:Tests|Proofs): .*$/gm;

/** Sums of the closing lines of jest and of the proofs in the output of all steps. @param failedSteps each counts as one failure more */
export function closingLine(output, failedSteps) {
  const lines = output.match(CLOSING_LINE) ?? [];
  const sum = (word) => lines.reduce((total, line) => total + Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0), 0);
  return `${sum('passed')} passed, ${sum('failed') + failedSteps} failed, ${sum('skipped')} skipped`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , log, failedSteps] = process.argv;
  process.stdout.write(`${closingLine(readFileSync(log, 'utf8'), Number(failedSteps))}\n`);
}
