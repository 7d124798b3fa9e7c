import { refuse } from '../decision.js';
import { MAX_PARTS_PER_RESERVATION } from '../sku/limits.js';
import { quantityFault } from '../sku/quantities.js';
import type { OrderLine } from './events.js';
import type { OrderState } from './state.js';

/** All that is held. */
export const openLines = (state: OrderState): readonly OrderLine[] =>
  state.lines.filter(({ heldUnits }) => heldUnits > 0).map(({ sku, heldUnits }) => ({ sku, quantity: heldUnits }));

/** Checks lines that name a part of what is held. Returns the refusal: more than is held, no units, no line, or a SKU twice. */
export const linesFault = (state: OrderState, lines: readonly OrderLine[]) =>
  lines.map((line) => partFault(state, line)).find((found) => found !== undefined) ?? repeatedSku(lines);

function partFault(state: OrderState, { sku, quantity }: OrderLine) {
  const open = state.lines.find((line) => line.sku === sku)?.heldUnits ?? 0;
  return quantityFault(quantity) ?? (quantity > open ? refuse('quantity_exceeds_open', { sku, requested: quantity, open }) : undefined);
}

const repeatedSku = (lines: readonly OrderLine[]) =>
  lines.length === 0 || new Set(lines.map(({ sku }) => sku)).size < lines.length
    ? refuse('invalid_lines', { reason: lines.length === 0 ? 'no line is named' : 'a SKU occurs twice' })
    : undefined;

/** Whether the lines name all that is held. */
export const isWhole = (state: OrderState, lines: readonly OrderLine[]): boolean => unitsOf(lines) === unitsOf(openLines(state));

/** The SKUs keep the id of every part, so their number is limited. Lines that name all that is left are not a part. */
export const isOnePartTooMany = (state: OrderState, lines: readonly OrderLine[]): boolean =>
  state.commitIds.length + state.reductionIds.length >= MAX_PARTS_PER_RESERVATION - 1 && !isWhole(state, lines);

const unitsOf = (lines: readonly OrderLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
