import type { StepKind } from '@holdfast/inventory';

/** Name of the form; a change that an older checker would misread gets another one. */
export const CERTIFICATE_FORM = 'holdfast.certificate.v1';

/** Identifies the stream that is certified; the chain of hashes begins with its hash. */
export interface CertificateOpening {
  readonly form: typeof CERTIFICATE_FORM;
  readonly tenant: string;
  readonly sku: string;
}

/** Units at one location after a step. */
export interface CertifiedBalance {
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  /** Units on hand that may not leave; missing for none. */
  readonly held?: number;
}

/** One event of the stream as it was stored, and the balances after it of the locations that it changed. */
export interface CertificateStep {
  readonly revision: number;
  /** Place in the order of all events, decimal. */
  readonly position: string;
  readonly eventId: string;
  /** Stored type with its version. */
  readonly type: string;
  /** Epoch milliseconds of the command. */
  readonly at: number;
  /** Epoch milliseconds at which the store wrote it. */
  readonly recordedAt: number;
  readonly commandId: string;
  /** The event as stored: the facts that everything else follows from. */
  readonly data: unknown;
  readonly kind: StepKind;
  /** Units by which reservations may exceed what is on hand, over all locations, as declared by then. */
  readonly overbooking: number;
  /** In the order of the locations' ids. */
  readonly balances: readonly CertifiedBalance[];
  /** SHA-256 of the hash before it, a line feed, and the canonical form of this step without its hash. */
  readonly hash: string;
}

/** The first step after which a rule did not hold. */
export interface FalseStep {
  readonly revision: number;
  readonly rule: string;
  readonly message: string;
}

export interface CertificateConclusion {
  readonly stepCount: number;
  /** Steps that took free units. */
  readonly promises: number;
  /** Of every location, in the order of their ids. */
  readonly totals: readonly CertifiedBalance[];
  /** Whether the bound held at every step, as Holdfast computed it; a checker computes it again. */
  readonly holds: boolean;
  readonly firstFalse?: FalseStep;
  /** Hash of the last step. */
  readonly head: string;
}

export type CertificatePart =
  | { readonly kind: 'opening'; readonly opening: CertificateOpening }
  | { readonly kind: 'steps'; readonly steps: readonly CertificateStep[] }
  | { readonly kind: 'conclusion'; readonly conclusion: CertificateConclusion };
