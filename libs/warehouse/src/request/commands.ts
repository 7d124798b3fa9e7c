import type { ApprovedLine, Author, LineReservation, RequestedLine, RequestHeader, ShippedLine, ShortRequestLine } from './events.js';

/** The first ones are requests of a caller; from `CompleteApproval` on they report what the SKUs answered. */
export type RequestCommand =
  | CreateRequest
  | EditRequest
  | AddRequestLines
  | DeleteRequest
  | SubmitRequest
  | ApproveRequest
  | RejectRequest
  | RollBackRequest
  | FulfilRequest
  | CancelRequest
  | CommentRequest
  | CompleteApproval
  | FailApproval
  | CompleteRelease
  | CompleteRequestShipment
  | FailRequestShipment
  | CheckReservations
  | ReturnRequestShipment;

interface Command {
  readonly at: number;
  readonly commandId: string;
}

interface OfCaller extends Command, Author {
  /** The version that the caller saw; another one refuses the command. */
  readonly expectedVersion?: number;
}

/** A line without an id: the request gives it one. */
export type NewLine = Omit<RequestedLine, 'lineId'>;

export interface CreateRequest extends OfCaller, RequestHeader {
  readonly type: 'CreateRequest';
  readonly requestId: string;
  readonly number: string;
  readonly lines: readonly NewLine[];
  readonly submit: boolean;
  readonly requestHash: string;
}

export interface EditRequest extends OfCaller, Partial<RequestHeader> {
  readonly type: 'EditRequest';
  readonly lines?: readonly NewLine[];
}

export interface AddRequestLines extends OfCaller {
  readonly type: 'AddRequestLines';
  readonly lines: readonly NewLine[];
}

export interface DeleteRequest extends OfCaller {
  readonly type: 'DeleteRequest';
}

export interface SubmitRequest extends OfCaller {
  readonly type: 'SubmitRequest';
  readonly comment?: string;
}

export interface ApproveRequest extends OfCaller {
  readonly type: 'ApproveRequest';
  /** Lines that are not named are approved as requested. */
  readonly lines?: readonly ApprovedLine[];
  readonly partial: boolean;
  readonly comment?: string;
}

export interface RejectRequest extends OfCaller {
  readonly type: 'RejectRequest';
  readonly comment?: string;
}

interface OfRequesterOrApprover extends OfCaller {
  /** Whether the caller has the right to approve requests. */
  readonly mayApprove: boolean;
}

export interface RollBackRequest extends OfRequesterOrApprover {
  readonly type: 'RollBackRequest';
  readonly comment?: string;
}

export interface FulfilRequest extends OfCaller {
  readonly type: 'FulfilRequest';
  readonly to: 'fulfilling' | 'fulfilled';
  /** The same again changes nothing. */
  readonly shipmentId: string;
  /** Missing: nothing while `fulfilling`, or where the remainder is closed; else all that is left. */
  readonly lines?: readonly ShippedLine[];
  readonly closeRemainder: boolean;
  readonly comment?: string;
}

export interface CancelRequest extends OfRequesterOrApprover {
  readonly type: 'CancelRequest';
  readonly comment?: string;
}

export interface CommentRequest extends OfCaller {
  readonly type: 'CommentRequest';
  readonly commentId: string;
  readonly text: string;
}

/** Every line was reserved. */
export interface CompleteApproval extends Command {
  readonly type: 'CompleteApproval';
  /** The attempt of this report; a late report does not apply to the next. */
  readonly approvalId: string;
  readonly reservations: readonly LineReservation[];
}

/** A line was short, and what the others had reserved is free again. */
export interface FailApproval extends Command {
  readonly type: 'FailApproval';
  readonly approvalId: string;
  readonly lines: readonly ShortRequestLine[];
}

/** Nothing is reserved any more. */
export interface CompleteRelease extends Command {
  readonly type: 'CompleteRelease';
}

/** These units left. */
export interface CompleteRequestShipment extends Command {
  readonly type: 'CompleteRequestShipment';
  readonly shipmentId: string;
  readonly lines: readonly ShippedLine[];
  readonly transferId?: string;
}

/** Nothing left. */
export interface FailRequestShipment extends Command {
  readonly type: 'FailRequestShipment';
  readonly shipmentId: string;
  readonly lines: readonly ShortRequestLine[];
  /** What the reservations hold now. */
  readonly reservations: readonly LineReservation[];
}

export interface CheckReservations extends Command {
  readonly type: 'CheckReservations';
  readonly reservations: readonly LineReservation[];
}

/** The transfer of a shipment sent these units back. */
export interface ReturnRequestShipment extends Command {
  readonly type: 'ReturnRequestShipment';
  readonly transferId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly by: string;
}
