import { pause } from './pause.js';

/** Bounds of a pause that doubles with each failure. */
export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * The pause after so many failures in a row.
 * @param failures at least 1
 * @param random from 0 up to 1; spreads the pauses over the upper half, so that those who failed together do not return together
 */
export function backOffMs(failures: number, { firstMs, mostMs }: BackOff, random = 1): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/** The pauses of one loop: they grow with each, until `reset` says that it went well. */
export class GrowingPause {
  private failures = 0;

  constructor(
    readonly firstMs: number,
    readonly mostMs: number,
  ) {}

  async wait(signal?: AbortSignal): Promise<void> {
    this.failures += 1;
    await pause(backOffMs(this.failures, this), signal);
  }

  reset(): void {
    this.failures = 0;
  }
}
