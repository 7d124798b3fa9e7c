import { someOf } from '@holdfast/kit';
import { Problem } from './problem.js';

/** The answer of every route to SKUs that are not registered. */
export const unknownSkus = (skus: readonly string[]): Problem =>
  new Problem(404, 'unknown_sku', `There is no SKU ${someOf(skus)}`, { details: skus.map((sku) => ({ sku })) });
