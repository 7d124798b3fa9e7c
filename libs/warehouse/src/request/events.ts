/** Events of a stock request. Stream `request-{tenant}.{requestId}`; quantities are units. */
export type RequestEvent =
  | RequestCreated
  | RequestEdited
  | RequestDeleted
  | RequestSubmitted
  | RequestApprovalStarted
  | RequestApproved
  | RequestApprovalFailed
  | RequestRejected
  | RequestReleaseStarted
  | RequestReleased
  | RequestRolledBack
  | RequestFulfilmentStarted
  | RequestShipmentStarted
  | RequestShipped
  | RequestShipmentFailed
  | RequestReservationsChecked
  | RequestShipmentReturned
  | RequestCommented;

export type RequestPriority = 'normal' | 'high' | 'urgent';

/** Who acted: `by` is the subject of the credential, `person` the one behind it. Of a key, that is the person who made the key. */
export interface Author {
  readonly by: string;
  readonly person: string;
}

export interface RequestedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly reasonCode?: string;
}

export interface RequestHeader {
  readonly fromLocationId: string;
  /** Missing: the units are consumed at the source. */
  readonly toLocationId?: string;
  readonly priority: RequestPriority;
  /** Calendar date, `YYYY-MM-DD`. */
  readonly neededBy?: string;
  readonly reason?: string;
}

export interface RequestCreated extends RequestHeader, Author {
  readonly type: 'RequestCreated';
  readonly requestId: string;
  /** For people, such as SR-000124. */
  readonly number: string;
  readonly lines: readonly RequestedLine[];
  readonly requestHash: string;
}

/** Fields that are missing stay as they were; `lines` replaces all of them. */
export interface RequestEdited extends Partial<RequestHeader>, Author {
  readonly type: 'RequestEdited';
  readonly lines?: readonly RequestedLine[];
}

/** The draft was given up. */
export interface RequestDeleted extends Author {
  readonly type: 'RequestDeleted';
}

export interface RequestSubmitted extends Author {
  readonly type: 'RequestSubmitted';
  readonly comment?: string;
}

export interface ApprovedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly reasonCode?: string;
}

/** Somebody else approved; the units are being reserved, each line under an id made of `approvalId` and its own. */
export interface RequestApprovalStarted extends Author {
  readonly type: 'RequestApprovalStarted';
  readonly approvalId: string;
  readonly lines: readonly ApprovedLine[];
  /** Reserve what is there; the rest waits where the SKU allows it. */
  readonly partial: boolean;
  readonly expiresAt: number;
  readonly comment?: string;
}

/** What the reservation of a line holds, and what of it waits for supply. */
export interface LineReservation {
  readonly lineId: string;
  readonly reserved: number;
  readonly waiting: number;
}

export interface RequestApproved {
  readonly type: 'RequestApproved';
  readonly reservations: readonly LineReservation[];
}

/** Why a line could not be reserved or shipped. */
export interface ShortRequestLine {
  readonly lineId: string;
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  readonly code: string;
}

/** A line was short: nothing is reserved, and the request waits for a decision as before. */
export interface RequestApprovalFailed {
  readonly type: 'RequestApprovalFailed';
  readonly lines: readonly ShortRequestLine[];
}

export interface RequestRejected extends Author {
  readonly type: 'RequestRejected';
  readonly comment: string;
}

/** The reservations are being released, after which the request is as `to` says. */
export interface RequestReleaseStarted extends Author {
  readonly type: 'RequestReleaseStarted';
  readonly to: 'submitted' | 'cancelled' | 'fulfilled';
  readonly comment?: string;
}

export interface RequestReleased {
  readonly type: 'RequestReleased';
}

/** One step back where nothing is reserved for it, or what is reserved stays so. */
export interface RequestRolledBack extends Author {
  readonly type: 'RequestRolledBack';
  readonly to: 'draft' | 'submitted' | 'approved';
  readonly comment: string;
}

/** Work has begun; nothing was shipped yet. */
export interface RequestFulfilmentStarted extends Author {
  readonly type: 'RequestFulfilmentStarted';
  readonly comment?: string;
}

export interface ShippedLine {
  readonly lineId: string;
  readonly quantity: number;
}

export interface RequestShipmentStarted extends Author {
  readonly type: 'RequestShipmentStarted';
  readonly shipmentId: string;
  readonly lines: readonly ShippedLine[];
  /** Whether the rest of the request is cancelled after this shipment. */
  readonly closeRemainder: boolean;
  readonly comment?: string;
}

/** The units left: into a transfer, or as use where the request has no destination. */
export interface RequestShipped {
  readonly type: 'RequestShipped';
  readonly lines: readonly ShippedLine[];
  readonly transferId?: string;
}

/** A line could not be shipped, so none was. */
export interface RequestShipmentFailed {
  readonly type: 'RequestShipmentFailed';
  readonly lines: readonly ShortRequestLine[];
}

/** What the reservations of these lines hold now: one ended by time, or got units that it waited for. */
export interface RequestReservationsChecked {
  readonly type: 'RequestReservationsChecked';
  readonly reservations: readonly LineReservation[];
}

/** The transfer of a shipment was cancelled: these units are back where they came from, free, and are still to be shipped. */
export interface RequestShipmentReturned {
  readonly type: 'RequestShipmentReturned';
  readonly transferId: string;
  readonly lines: readonly ShippedLine[];
  readonly by: string;
}

export interface RequestCommented extends Author {
  readonly type: 'RequestCommented';
  readonly commentId: string;
  readonly text: string;
}
