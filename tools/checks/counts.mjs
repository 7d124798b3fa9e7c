// `node tools/checks/counts.mjs LOG FAILED_STEPS`: prints the names of the failed tests and the closing line of `.ci/run`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Side by side every line has the name of its step before it. What is printed again at the end has none, and is not counted again.
const CLOSING_LINE = /^[a-z0-9]+ +│ (?:Tests|Proofs): .*$/gm;
const FILE_LINE = /^([a-z0-9]+) +│ (PASS|FAIL) (.*)$/;
const TEST_LINE = /^([a-z0-9]+) +│ {3}● (?!Console)(.*)$/;
const NAMES = 20;

/** Sums of the closing lines of jest and of the proofs in the output of all steps. @param failedSteps each counts as one failure more */
export function closingLine(output, failedSteps) {
  const lines = output.match(CLOSING_LINE) ?? [];
  const sum = (word) => lines.reduce((total, line) => total + Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0), 0);
  return `${sum('passed')} passed, ${sum('failed') + failedSteps} failed, ${sum('skipped')} skipped`;
}

/**
 * Jest prints a file's failed tests under the file's own line. Only the end of a long log may be kept, so their names stand there again.
 * @returns a line for each failed test with its step and file, each once, the first of many
 */
export function failedTests(output) {
  const failed = new Set();
  const files = new Map();
  for (const line of output.split('\n')) {
    const [, step, outcome, file] = FILE_LINE.exec(line) ?? [];
    if (step !== undefined) files.set(step, outcome === 'FAIL' ? file.replace(/ \([\d.]+ s\)$/, '') : undefined);
    const [, of, test] = TEST_LINE.exec(line) ?? [];
    if (of !== undefined && files.get(of) !== undefined) failed.add(`FAILED: ${of}: ${files.get(of)}: ${test}`);
  }
  const names = [...failed];
  return names.length > NAMES ? [...names.slice(0, NAMES), `… and ${names.length - NAMES} more`] : names;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , log, failedSteps] = process.argv;
  const output = readFileSync(log, 'utf8');
  process.stdout.write([...failedTests(output), closingLine(output, Number(failedSteps)), ''].join('\n'));
}
