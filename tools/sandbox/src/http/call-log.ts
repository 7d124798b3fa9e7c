export interface LoggedCall {
  /** Epoch milliseconds of the simulator's clock. */
  readonly at: number;
  readonly operation: string;
  readonly status: number;
  /** Refused as too many calls, whatever status the vendor uses for that. */
  readonly throttled: boolean;
}

/** Calls kept for inspection; older ones only count. */
const MAX_KEPT = 100_000;
const MAX_VIOLATIONS = 1_000;

/** What a simulator was asked. */
export class CallLog {
  private kept: LoggedCall[] = [];
  private found: string[] = [];
  total = 0;
  throttled = 0;

  get calls(): readonly LoggedCall[] {
    return this.kept;
  }

  /** Where a request or an answer broke the vendor's own specification or rules. */
  get violations(): readonly string[] {
    return this.found;
  }

  add(call: LoggedCall): void {
    this.total += 1;
    if (call.throttled) this.throttled += 1;
    this.kept.push(call);
    if (this.kept.length > MAX_KEPT) this.kept.splice(0, MAX_KEPT / 2);
  }

  violation(text: string): void {
    if (this.found.length < MAX_VIOLATIONS) this.found.push(text);
  }

  /** Calls of one operation that are still kept. */
  of(operation: string): readonly LoggedCall[] {
    return this.kept.filter((call) => call.operation === operation);
  }

  clear(): void {
    this.kept = [];
    this.found = [];
    this.total = 0;
    this.throttled = 0;
  }
}
