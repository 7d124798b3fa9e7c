export type HoldEvent = HoldPlaced | HoldReleased;

export const HOLD_TYPES = ['quality', 'damage', 'recall', 'legal', 'customs', 'return_inspection', 'count', 'other'] as const;
export type HoldType = (typeof HOLD_TYPES)[number];

/** What becomes of released units: free again, or off on hand in the same append. */
export const RELEASE_DISPOSITIONS = ['to_stock', 'scrap', 'return_to_supplier'] as const;
export type ReleaseDisposition = (typeof RELEASE_DISPOSITIONS)[number];

/** A change of the units at a location that may not leave. */
export interface HeldChange {
  readonly locationId: string;
  readonly delta: number;
}

/** Of every event that may change held units. */
export interface ChangesHeld {
  /** The changes of held units by this event; missing for none. */
  readonly held?: readonly HeldChange[];
}

/** Units may not leave: so many at the location; without a quantity all of the location, or of every location. */
export interface HoldPlaced extends ChangesHeld {
  readonly type: 'HoldPlaced';
  readonly commandId: string;
  readonly holdId: string;
  /** `expired`: a part of a lot that a person marked as expired. */
  readonly holdType: HoldType | 'expired';
  readonly locationId?: string;
  /** Only units of this lot. */
  readonly lotId?: string;
  /** All lots that it covers, `lotId` among them, where these are more: of a recall those that its units were split or merged into. */
  readonly lotIds?: readonly string[];
  readonly quantity?: number;
  readonly reason?: string;
  readonly reference?: string;
  readonly erpReference?: string;
  readonly expectedReleaseAt?: number;
  readonly createdBy?: string;
  /** The receipt of a transfer that rejected the units as they arrived. */
  readonly receiptId?: string;
  /** The units were held before elsewhere, under this hold; the same id where all of them moved. */
  readonly movedFrom?: string;
  /** Promised units that are no longer covered by units that may leave, because of this hold. */
  readonly uncoveredUnits: number;
}

/** A hold was released, whole or in part. */
export interface HoldReleased extends ChangesHeld {
  readonly type: 'HoldReleased';
  readonly holdId: string;
  /** Id of the command or message that released; a repeat of it changes nothing. */
  readonly releaseId: string;
  /** Units released; missing for a hold without a quantity. */
  readonly quantity?: number;
  /** Units that the hold still names; 0 after its end. */
  readonly openUnits: number;
  /** `posted_by_erp`: an ERP issued the units under the hold's reference. `moved`: they leave its location and stay held. */
  readonly disposition: ReleaseDisposition | 'posted_by_erp' | 'moved';
  /** Of units that moved: the hold that they are under from then on; the same id where all of them moved. */
  readonly movedTo?: string;
  readonly reason?: string;
  readonly releasedBy?: string;
}
