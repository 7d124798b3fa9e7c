import type { ApprovedLine, Author, RequestHeader, RequestPriority, ShippedLine } from './events.js';

/** What callers see. */
export type RequestStatus = 'draft' | 'submitted' | 'approved' | 'rejected' | 'fulfilling' | 'fulfilled' | 'cancelled';

/** `none` before the first event. A watchdog continues a phase in -ing except `fulfilling`, which waits for people. */
export type RequestPhase = 'none' | RequestStatus | 'deleted' | 'approving' | 'releasing' | 'shipping';

export interface RequestLine {
  readonly lineId: string;
  readonly sku: string;
  readonly requested: number;
  readonly reasonCode?: string;
  readonly approved: number;
  /** Why another quantity was approved than requested. */
  readonly approvalReason?: string;
  /** In the stream of the SKU; empty before an approval. */
  readonly reservationId: string;
  readonly reserved: number;
  /** Units of the reservation that wait for supply. */
  readonly waiting: number;
  readonly shipped: number;
  readonly cancelled: number;
}

export interface RequestComment {
  readonly id: string;
  readonly text: string;
  readonly by: string;
  readonly at: number;
}

export interface StatusChange {
  readonly from: RequestStatus | null;
  readonly to: RequestStatus;
  readonly by: string;
  readonly at: number;
  readonly comment: string | null;
}

export interface RequestShipment {
  readonly shipmentId: string;
  readonly transferId?: string;
  readonly lines: readonly ShippedLine[];
  readonly by: string;
  readonly at: number;
  /** Of these, units that came back because the transfer was cancelled. */
  readonly returned?: readonly ShippedLine[];
}

/** What is being carried out in the streams of the SKUs. */
export type Running =
  | (Author & {
      readonly kind: 'approval';
      readonly approvalId: string;
      readonly lines: readonly ApprovedLine[];
      readonly partial: boolean;
      readonly expiresAt: number;
      readonly comment?: string;
    })
  | (Author & { readonly kind: 'release'; readonly to: 'submitted' | 'cancelled' | 'fulfilled'; readonly comment?: string })
  | (Author & {
      readonly kind: 'shipment';
      readonly shipmentId: string;
      readonly lines: readonly ShippedLine[];
      readonly closeRemainder: boolean;
      readonly comment?: string;
    });

export interface RequestState extends RequestHeader {
  readonly phase: RequestPhase;
  /** When the phase began, epoch milliseconds. */
  readonly phaseSince: number;
  /** While the phase ends in -ing: the status before it. */
  readonly status: RequestStatus;
  /** Number of events. */
  readonly version: number;
  readonly requestId: string;
  readonly number: string;
  readonly requestHash: string;
  readonly lines: readonly RequestLine[];
  /** Line ids are counted on, so that a line that was removed gives its id to no other. */
  readonly lastLineId: number;
  readonly requestedBy: string;
  readonly requester: string;
  /** Persons who made the request, submitted it or edited its lines: none of them may approve it. */
  readonly authors: readonly string[];
  readonly submittedAt: number | null;
  readonly approvedBy: string | null;
  readonly approver: string | null;
  readonly approvedAt: number | null;
  readonly rejectedBy: string | null;
  /** Number of approvals that were started. */
  readonly attempts: number;
  /** When the reservations end by themselves, epoch milliseconds. */
  readonly reservedUntil: number | null;
  /** When a check found that reservations hold less than before; until the units are reserved again. */
  readonly lostAt?: number;
  readonly running?: Running;
  readonly comments: readonly RequestComment[];
  readonly history: readonly StatusChange[];
  readonly shipments: readonly RequestShipment[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const initialRequestState = (): RequestState => ({
  phase: 'none',
  phaseSince: 0,
  status: 'draft',
  version: 0,
  requestId: '',
  number: '',
  requestHash: '',
  fromLocationId: '',
  priority: 'normal' satisfies RequestPriority,
  lines: [],
  lastLineId: 0,
  requestedBy: '',
  requester: '',
  authors: [],
  submittedAt: null,
  approvedBy: null,
  approver: null,
  approvedAt: null,
  rejectedBy: null,
  attempts: 0,
  reservedUntil: null,
  comments: [],
  history: [],
  shipments: [],
  createdAt: 0,
  updatedAt: 0,
});

/** The reservation of a line in the stream of its SKU. Readers of reservations know each by its id alone, so no two SKUs share one. */
export const lineReservation = (approvalId: string, lineId: string): string => `${approvalId}~${lineId}`;

/** The request that a reservation of one of its lines belongs to; ids of requests have no `~`. */
export const requestOfReservation = (reservationId: string): string => reservationId.split('~')[0] ?? '';

/** Approved units that were neither shipped nor cancelled. */
export const openUnits = ({ approved, shipped, cancelled }: RequestLine): number => approved - shipped - cancelled;

export const shippedUnits = ({ lines }: Pick<RequestState, 'lines'>): number => lines.reduce((sum, { shipped }) => sum + shipped, 0);

/** How much of what was approved was shipped. */
export function fulfilmentOf({ lines }: Pick<RequestState, 'lines'>): 'none' | 'partial' | 'complete' {
  const shipped = shippedUnits({ lines });
  if (shipped === 0) return 'none';
  return lines.every((line) => line.shipped >= line.approved) ? 'complete' : 'partial';
}

const NEXT: Readonly<Record<RequestStatus, readonly RequestStatus[]>> = {
  draft: ['submitted'],
  submitted: ['approved', 'rejected', 'cancelled'],
  approved: ['fulfilling', 'cancelled'],
  rejected: [],
  fulfilling: ['fulfilled'],
  fulfilled: [],
  cancelled: [],
};

/** Statuses that may follow, rollbacks left out. */
export const allowedTransitions = (status: RequestStatus): readonly RequestStatus[] => NEXT[status];
