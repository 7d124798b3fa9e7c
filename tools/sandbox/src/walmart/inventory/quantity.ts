import { isRecord } from '../../http/vendor-call.js';

export const each = (amount: number): { readonly unit: 'EACH'; readonly amount: number } => ({ unit: 'EACH', amount });

const MOST = 99_999_999;

/** The amount of `{unit, amount}`; undefined where it is no quantity. */
export function amountOf(value: unknown): number | undefined {
  if (!isRecord(value) || value['unit'] !== 'EACH') return undefined;
  const amount = value['amount'];
  return typeof amount === 'number' && Number.isInteger(amount) && amount >= 0 && amount <= MOST ? amount : undefined;
}
