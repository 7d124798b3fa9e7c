import { textOf } from '../../reading.js';
import type { Memo } from '../../figures.js';
import type { Item } from '../reading/items.js';

/** What is remembered of a listing, so that a change needs one call. */
export interface Remembered {
  readonly productType: string;
}

/** A product type may change, and stock may move into Amazon's warehouses: after a day it is read again. */
const LIFE_MS = 24 * 3_600_000;

export function remembered(memo: Memo | null, now: number): Remembered | undefined {
  const productType = textOf(memo?.['productType']);
  const readAt = memo?.['readAt'];
  if (productType === undefined || typeof readAt !== 'number' || now - readAt > LIFE_MS) return undefined;
  return { productType };
}

export const memoOf = ({ productType }: Item, now: number): Memo => ({ productType, readAt: now });

/** What is remembered turned out to be wrong. */
export const FORGOTTEN: Memo = {};
