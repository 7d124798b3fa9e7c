import { someOf } from '@holdfast/kit';
import type { CheckedLine } from './line-result.js';
import { failedLine } from './line-result.js';

/** How the answer names a line. */
export type NameOfLine = (index: number) => string;

export interface BulkOptions {
  /** Checks the lines and changes nothing. */
  readonly dryRun?: boolean;
  readonly nameOf?: NameOfLine;
}

export const byIndex: NameOfLine = (index) => `index ${index}`;

/**
 * Refuses all lines that describe the same subject: only one of them could apply, and it is unknown which one is right.
 * In steps, for `inSlices`.
 * @param thingOf of a line, undefined where it may come with others; `sameThing` follows "these lines" in the message
 */
export function* refuseRepeats<Line>(
  lines: readonly CheckedLine<Line>[],
  thingOf: (line: Line) => string | undefined,
  sameThing: string,
  nameOf: NameOfLine,
): Generator<undefined, readonly CheckedLine<Line>[]> {
  const places = new Map<string, number[]>();
  for (const one of lines) {
    yield;
    const thing = one.kind === 'valid' ? thingOf(one.line) : undefined;
    if (thing === undefined || one.kind === 'faulty') continue;
    const known = places.get(thing);
    if (known === undefined) places.set(thing, [one.index]);
    else known.push(one.index);
  }
  const once: CheckedLine<Line>[] = [];
  for (const one of lines) {
    yield;
    const together = (one.kind === 'valid' ? places.get(thingOf(one.line) ?? '') : undefined) ?? [];
    if (one.kind === 'faulty' || together.length < 2) {
      once.push(one);
      continue;
    }
    const message = `these lines ${sameThing}; send one of them: ${someOf(together.slice(0, 11).map(nameOf), together.length)}`;
    once.push({ kind: 'faulty', result: failedLine(one.index, 'repeated_line', message) });
  }
  return once;
}
