import type { ChangesHeld } from '../holds/events.js';

export type LotEvent = LotControlSet | LotDeclared | LotExpiryChanged | LotRenamed | LotExpired | PositionsCorrected;

/** `none`: lots are not asked for. `optional`: units without a lot may be sold, last. `required`: units without a lot are held. */
export const LOT_CONTROLS = ['none', 'optional', 'required'] as const;
export type LotControl = (typeof LOT_CONTROLS)[number];

export const CORRECTION_KINDS = ['assign', 'reassign', 'split', 'merge', 'settle', 'bin'] as const;
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

/** A change of the units of a lot, in a bin, at a location. With neither a lot nor a bin it names the unassigned units. */
export interface PositionChange {
  readonly locationId: string;
  readonly lotId?: string;
  readonly binId?: string;
  readonly delta: number;
  /** Whether units in this bin may leave; missing: as before, and at first they may. */
  readonly sellable?: boolean;
}

/** Of every event that may change positions. On hand less the positions of a location is unassigned. */
export interface ChangesPositions {
  /** The changes of positions by this event; missing where it changes unassigned units only. */
  readonly positions?: readonly PositionChange[];
}

/** The instant from which units of a lot at the location are expired, epoch milliseconds. */
export interface LotInstant {
  readonly locationId: string;
  readonly expiresAt: number;
}

export interface LotControlSet extends ChangesHeld {
  readonly type: 'LotControlSet';
  readonly commandId: string;
  readonly control: LotControl;
}

/** A lot became known, or came to a further location. */
export interface LotDeclared {
  readonly type: 'LotDeclared';
  readonly lotId: string;
  /** Calendar date `YYYY-MM-DD`; missing for a lot without a date. */
  readonly expiryDate?: string;
  readonly expiresAt: readonly LotInstant[];
  /** The lot that it was split from: holds on that lot cover it. */
  readonly parentLotId?: string;
}

/** The lot has another date, or none. Units that were expired by the old one may leave again. */
export interface LotExpiryChanged extends ChangesHeld {
  readonly type: 'LotExpiryChanged';
  readonly commandId: string;
  readonly lotId: string;
  readonly expiryDate?: string;
  /** For every location of the lot. */
  readonly expiresAt: readonly LotInstant[];
  readonly reason?: string;
}

/** The lot has another id everywhere: in positions, in transit and in holds. The former id still finds it. */
export interface LotRenamed {
  readonly type: 'LotRenamed';
  readonly commandId: string;
  readonly lotId: string;
  readonly toLotId: string;
  readonly reason?: string;
}

/** The units of the lot at these locations are expired: they stay on hand and may not leave. */
export interface LotExpired extends ChangesHeld {
  readonly type: 'LotExpired';
  readonly lotId: string;
  readonly locationIds: readonly string[];
  /** `marked`: a person said so, whatever the date. */
  readonly because: 'date' | 'marked';
  readonly commandId?: string;
  readonly reason?: string;
  /** Promised units that lost their cover by it. */
  readonly uncoveredUnits: number;
}

/** Units changed lot or bin; the changes add up to 0, so on hand stays. */
export interface PositionsCorrected extends ChangesHeld {
  readonly type: 'PositionsCorrected';
  readonly commandId: string;
  readonly kind: CorrectionKind;
  readonly locationId: string;
  /** Unassigned units are named too, without a lot and a bin. */
  readonly positions: readonly PositionChange[];
  readonly reasonCode?: string;
  readonly reason?: string;
  readonly documentId?: string;
}
