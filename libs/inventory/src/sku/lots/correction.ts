import type { Refusal } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import type { SkuRefusalCode } from '../refusals.js';
import type { PositionChange } from './events.js';

/** What a correction does: events that come first, and the changes. */
export interface Correction {
  readonly before?: readonly SkuEvent[];
  readonly positions: readonly PositionChange[];
}

export type CorrectionFault = Refusal<SkuRefusalCode>;
