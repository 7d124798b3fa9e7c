import type { Command } from '../command.js';
import type { HoldType, ReleaseDisposition } from './events.js';

export type HoldCommand = PlaceHold | ReleaseHold;

/**
 * Keeps units from leaving. With a quantity, so many units at the location; without one, all units at the location, or everywhere where no
 * location is named, those that arrive later too.
 */
export interface PlaceHold extends Command {
  readonly type: 'PlaceHold';
  readonly holdId: string;
  readonly holdType: HoldType;
  readonly locationId?: string;
  /** Only units of this lot; without a location and a quantity wherever it lies, in transit and on later arrival too. */
  readonly lotId?: string;
  readonly quantity?: number;
  readonly reason?: string;
  readonly reference?: string;
  /** Document of the ERP that blocks the same units: its issue under this document releases the hold. */
  readonly erpReference?: string;
  /** Information only; nothing is released by time. Epoch milliseconds. */
  readonly expectedReleaseAt?: number;
  readonly createdBy?: string;
  /** Refuse to take more than is free (default). A hold of type `recall` or `legal` is never refused for promises. */
  readonly mayUncoverPromises?: boolean;
}

export interface ReleaseHold extends Command {
  readonly type: 'ReleaseHold';
  readonly holdId: string;
  /** Units of a hold with a quantity; the rest stays held. Default all. */
  readonly quantity?: number;
  readonly disposition: ReleaseDisposition;
  /** Of the adjustment that takes the units off on hand, where the disposition removes them; default by the disposition. */
  readonly reasonCode?: string;
  readonly reason?: string;
  readonly releasedBy?: string;
  /** Refuse where the hold has changed since: 1 when it is placed, one more with each release. */
  readonly expectedVersion?: number;
  /** Refuse the release of a recall or a legal hold by the person who placed it (default). */
  readonly fourEyes?: boolean;
}
