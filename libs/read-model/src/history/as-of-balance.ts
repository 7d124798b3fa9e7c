import type { LocationBalance } from '@holdfast/inventory';

export interface AsOfBalance extends LocationBalance {
  /** Units on their way to the location. */
  readonly inTransit: number;
}
