/** Resolves when the thing checked works, rejects with the reason otherwise. */
export type HealthCheck = () => Promise<void>;

export interface CheckResult {
  readonly status: 'ok' | 'failed';
  readonly ms: number;
  readonly error?: string;
}

export interface HealthReport {
  readonly status: 'ok' | 'failed';
  readonly checks: Readonly<Record<string, CheckResult>>;
}

const TIMEOUT_MS = 2_000;

async function inTime(check: HealthCheck, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function measure(check: HealthCheck, timeoutMs: number): Promise<CheckResult> {
  const start = performance.now();
  const ms = (): number => Math.round(performance.now() - start);
  try {
    await inTime(check, timeoutMs);
    return { status: 'ok', ms: ms() };
  } catch (error) {
    return { status: 'failed', ms: ms(), error: error instanceof Error ? error.message : String(error) };
  }
}

/** The checks of a process, run at once when somebody asks whether it is ready. */
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
    const failed = results.some(([, result]) => result.status === 'failed');
    return { status: failed ? 'failed' : 'ok', checks: Object.fromEntries(results) };
  }
}
