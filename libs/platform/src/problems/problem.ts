export interface ProblemOptions {
  /** One entry per fault: `{ field, message }` for bad input, figures for a refusal. */
  readonly details?: readonly object[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An answer that is not a success. Services throw it at their edge; the filter writes it in the one error shape of the product. */
export class Problem extends Error {
  readonly details: readonly object[];
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status HTTP status
   * @param code stable, snake_case; what programs compare
   * @param message one English sentence for people
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    options: ProblemOptions = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'Problem';
    this.details = options.details ?? [];
    this.headers = options.headers ?? {};
  }
}
