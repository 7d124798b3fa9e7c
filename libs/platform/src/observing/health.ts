import { within } from '@holdfast/kit';

/** The checked part works, but not for everything; the reason is public. */
export interface Degraded {
  readonly degraded: string;
}

/** Resolves when the thing checked works, rejects with the reason otherwise. */
export type HealthCheck = () => Promise<void | Degraded>;

export interface CheckResult {
  readonly status: 'ok' | 'degraded' | 'failed';
  readonly ms: number;
  readonly error?: string;
  /** What is degraded. */
  readonly reason?: string;
}

export interface HealthReport {
  /** That of the check that is worst. */
  readonly status: CheckResult['status'];
  readonly checks: Readonly<Record<string, CheckResult>>;
}

const TIMEOUT_MS = 2_000;

async function measure(check: HealthCheck, timeoutMs: number): Promise<CheckResult> {
  const start = performance.now();
  const ms = (): number => Math.round(performance.now() - start);
  try {
    const result = await within(timeoutMs, check(), () => new Error(`no answer within ${timeoutMs} ms`));
    return result === undefined ? { status: 'ok', ms: ms() } : { status: 'degraded', ms: ms(), reason: result.degraded };
  } catch (error) {
    return { status: 'failed', ms: ms(), error: error instanceof Error ? error.message : String(error) };
  }
}

/** The checks of a process, run concurrently at each request for its readiness. */
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();

  constructor(private readonly timeoutMs: number = TIMEOUT_MS) {}

  /** The newest check of a name counts. */
  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** Never rejects; a check that hangs counts as failed after two seconds. */
  async report(): Promise<HealthReport> {
    const results = await Promise.all([...this.checks].map(async ([name, check]) => [name, await measure(check, this.timeoutMs)] as const));
    const found = new Set(results.map(([, { status }]) => status));
    const worst = (['failed', 'degraded'] as const).find((status) => found.has(status));
    return { status: worst ?? 'ok', checks: Object.fromEntries(results) };
  }
}
