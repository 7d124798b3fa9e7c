import { createHash } from 'node:crypto';

export type KeyFault = 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' | 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' | 'IDEMPOTENCY_CONCURRENT_REQUEST';

interface Kept {
  readonly parameters: string;
  readonly at: number;
  /** Undefined where the attempt failed. */
  readonly payload: object | undefined;
}

/** How long a key is known. Source: shopify.dev, implementing idempotency. */
const RETENTION_MS = 24 * 3_600_000;
const MAX_KEYS = 100_000;

export const KEY_FAULTS: Readonly<Record<KeyFault, string>> = {
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH: 'The same idempotency key cannot be used with different operation parameters.',
  IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED: 'A previous request with this idempotency key failed. Retry with a new idempotency key.',
  IDEMPOTENCY_CONCURRENT_REQUEST: 'This request is currently in progress, please try again.',
};

/** Results of mutations by their idempotency keys. */
export class IdempotencyKeys {
  private readonly kept = new Map<string, Kept>();
  private readonly inProgress = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** The next calls with this key are told that a first one still runs. */
  hold(key: string, times: number): void {
    this.inProgress.set(key, times);
  }

  /** Runs the mutation once per key and answers what the first run answered. */
  once(
    key: string,
    operation: string,
    args: unknown,
    run: () => { readonly payload: object; readonly failed: boolean },
  ): object | KeyFault {
    const held = this.inProgress.get(key) ?? 0;
    if (held > 0) {
      this.inProgress.set(key, held - 1);
      return 'IDEMPOTENCY_CONCURRENT_REQUEST';
    }
    const parameters = createHash('sha256')
      .update(JSON.stringify([operation, args]))
      .digest('base64');
    const before = this.kept.get(key);
    if (before !== undefined && this.now() - before.at < RETENTION_MS) {
      if (before.parameters !== parameters) return 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';
      return before.payload ?? 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED';
    }
    const { payload, failed } = run();
    this.kept.set(key, { parameters, at: this.now(), payload: failed ? undefined : payload });
    if (this.kept.size > MAX_KEYS) this.kept.delete(this.kept.keys().next().value ?? key);
    return payload;
  }
}
