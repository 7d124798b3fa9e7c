import type { Refusal } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import type { SkuRefusalCode } from '../refusals.js';
import type { PositionChange } from './events.js';

/** What a correction does: events that come first, the changes, and the units that are off sale by it. */
export interface Correction {
  readonly before?: readonly SkuEvent[];
  readonly positions: readonly PositionChange[];
  /** Units that may leave now and may not afterwards. */
  readonly heldUnits?: number;
}

export type CorrectionFault = Refusal<SkuRefusalCode>;
