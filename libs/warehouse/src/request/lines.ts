import { refuse } from '@holdfast/inventory';
import type { NewLine } from './commands.js';
import type { RequestedLine } from './events.js';
import { MAX_LINES_PER_REQUEST } from './limits.js';
import type { RequestRefusal } from './refusals.js';
import type { RequestState } from './state.js';

/** Units that one line may name; the limit of a SKU is the same. */
const MAX_UNITS = 1_000_000_000;

export function quantityFault(quantity: number, least = 1): RequestRefusal | undefined {
  if (Number.isInteger(quantity) && quantity >= least && quantity <= MAX_UNITS) return undefined;
  return refuse('invalid_quantity', { quantity, least, most: MAX_UNITS });
}

/** The lines as a request keeps them: one for each SKU, whose quantities add up, with ids that no earlier line had. */
export function numbered(known: readonly RequestedLine[], added: readonly NewLine[], lastLineId: number): readonly RequestedLine[] {
  const lines = new Map(known.map((line) => [line.sku, line]));
  let last = lastLineId;
  for (const line of added) {
    const same = lines.get(line.sku);
    if (same === undefined) last += 1;
    lines.set(
      line.sku,
      same === undefined ? { ...line, lineId: String(last) } : { ...same, ...line, quantity: same.quantity + line.quantity },
    );
  }
  return [...lines.values()];
}

/** @returns the refusal: too many lines, or a quantity that cannot be */
export function linesFault(lines: readonly NewLine[]): RequestRefusal | undefined {
  if (lines.length > MAX_LINES_PER_REQUEST) return refuse('too_many_lines', { lines: lines.length, most: MAX_LINES_PER_REQUEST });
  return lines.map(({ quantity }) => quantityFault(quantity)).find((fault) => fault !== undefined);
}

/** @returns the refusal of lines that name one that the request does not have, or one twice */
export function namesFault({ lines }: RequestState, named: readonly { readonly lineId: string }[]): RequestRefusal | undefined {
  const known = new Set(lines.map(({ lineId }) => lineId));
  const seen = new Set<string>();
  for (const { lineId } of named) {
    if (!known.has(lineId)) return refuse('unknown_line', { lineId });
    if (seen.has(lineId)) return refuse('duplicate_line', { lineId });
    seen.add(lineId);
  }
  return undefined;
}

/** The lines as they were requested. */
export const requestedLines = ({ lines }: RequestState): readonly RequestedLine[] =>
  lines.map(({ lineId, sku, requested, reasonCode }) => ({
    lineId,
    sku,
    quantity: requested,
    ...(reasonCode === undefined ? {} : { reasonCode }),
  }));
