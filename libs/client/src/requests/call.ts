/** What a single call may be told. */
export interface CallOptions {
  /** Of a write; made anew for each call where none is given. Make it where the intent arises, and store it, to be able to go on after a crash. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Of one attempt. */
  readonly timeoutMs?: number;
  /** Of the whole call, with its retries. */
  readonly deadlineMs?: number;
  /** A read waits until its answer reflects this position. */
  readonly minPosition?: bigint | string;
}

/** What came back, with what was said besides the value. */
export interface Answer<Value> {
  readonly value: Value;
  readonly status: number;
  /** Of a write: where the log holds it. Of a read: up to where it reflects the log. */
  readonly position: bigint | undefined;
  readonly requestId: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** The write had taken effect before, by the same key; this is its first answer. */
  readonly replayed: boolean;
  readonly attempts: number;
  readonly headers: Headers;
}

/** A call under way: awaited, it gives the value. */
export class Call<Value, Code extends string = never> implements Promise<Value> {
  readonly [Symbol.toStringTag] = 'Call';
  /** Refusals that the document names for this operation: a type only. */
  declare readonly codes?: Code;

  constructor(
    private readonly answering: Promise<Answer<Value>>,
    readonly idempotencyKey: string | undefined,
  ) {}

  /** The value with status, position, request id and attempts. */
  answer(): Promise<Answer<Value>> {
    return this.answering;
  }

  then<One = Value, Other = never>(
    onValue?: ((value: Value) => One | PromiseLike<One>) | null,
    onError?: ((error: unknown) => Other | PromiseLike<Other>) | null,
  ): Promise<One | Other> {
    return this.answering.then(({ value }) => value).then(onValue, onError);
  }

  catch<Other = never>(onError?: ((error: unknown) => Other | PromiseLike<Other>) | null): Promise<Value | Other> {
    return this.then(undefined, onError);
  }

  finally(onSettled?: (() => void) | null): Promise<Value> {
    return this.then().finally(onSettled);
  }
}
