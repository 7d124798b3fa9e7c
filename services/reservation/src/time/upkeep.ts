import type { CancelTimer, Timers } from '@holdfast/kit';

const EVERY_MS = 3_600_000;

/** Forgets, every hour, what need not be known any more. */
export class Upkeep {
  private cancel: CancelTimer | undefined;

  constructor(
    private readonly timers: Timers,
    private readonly forget: () => Promise<void>,
    private readonly onFault: (error: unknown) => void,
  ) {}

  start(): void {
    this.cancel = this.timers.after(EVERY_MS, () => {
      this.start();
      this.forget().catch(this.onFault);
    });
  }

  stop(): void {
    this.cancel?.();
  }
}
