/** What is known of a call that did not succeed. */
export interface FailedCall {
  /** Such as `reservations.reserve`. */
  readonly operation: string;
  /** Sent with every attempt: the same call with this key settles what became of it. */
  readonly idempotencyKey: string | undefined;
  /** Requests that were sent. */
  readonly attempts: number;
}

/** Everything that the client throws by itself. */
export class HoldfastError extends Error implements FailedCall {
  override readonly name: string = 'HoldfastError';
  readonly operation: string;
  readonly idempotencyKey: string | undefined;
  readonly attempts: number;

  constructor(message: string, failed: FailedCall, options?: ErrorOptions) {
    super(message, options);
    this.operation = failed.operation;
    this.idempotencyKey = failed.idempotencyKey;
    this.attempts = failed.attempts;
  }
}

/** No answer came: the connection could not be made, or it broke. Whether a write took effect is not known. */
export class ConnectionError extends HoldfastError {
  override readonly name = 'ConnectionError';
}

/** No answer came in time. Whether a write took effect is not known; the same call with its `idempotencyKey` settles it. */
export class TimeoutError extends HoldfastError {
  override readonly name = 'TimeoutError';
}

/** An entry of `details`: a fault with `field` and `message`, or the figures of a refusal. */
export type Detail = Readonly<Record<string, unknown>>;

/** The error body of the API. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: readonly Detail[];
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** Holdfast refused, or could not serve now. */
export class ApiError extends HoldfastError implements Problem {
  override readonly name: string = 'ApiError';
  readonly status: number;
  /** Stable; for programs. */
  readonly code: string;
  readonly details: readonly Detail[];
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, failed: FailedCall) {
    super(problem.message, failed);
    this.status = problem.status;
    this.code = problem.code;
    this.details = problem.details;
    this.requestId = problem.requestId;
    this.retryAfterMs = problem.retryAfterMs;
  }
}
