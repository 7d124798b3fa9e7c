import { isRecord } from '@holdfast/platform';
import type { RunningHoldfast } from '@holdfast/testing';
import type { Measured } from './probe.js';

export const TOO_LARGE = 413;

/** What one request cost the server. */
export interface Cost extends Measured {
  readonly status: number;
}

/** Measures requests by the probe within the server. */
export class ServerMeter {
  constructor(
    private readonly server: Pick<RunningHoldfast, 'url' | 'key'>,
    private readonly probeUrl: string,
  ) {}

  async cost(method: string, path: string, contentType: string, text: string): Promise<Cost> {
    await this.measured();
    const status = await this.statusOf(path, {
      method,
      headers: { authorization: `Bearer ${this.server.key}`, 'content-type': contentType },
      body: text,
    });
    return { status, ...(await this.measured()) };
  }

  /** A server that refuses a body unread closes the connection, perhaps before all was sent. */
  private async statusOf(path: string, init: RequestInit): Promise<number> {
    try {
      const response = await fetch(`${this.server.url}${path}`, init);
      await response.arrayBuffer();
      return response.status;
    } catch (error) {
      const cause = error instanceof Error && isRecord(error.cause) ? error.cause['code'] : undefined;
      if (cause === 'EPIPE' || cause === 'ECONNRESET' || cause === 'UND_ERR_SOCKET') return TOO_LARGE;
      throw error;
    }
  }

  private async measured(): Promise<Measured> {
    return (await (await fetch(this.probeUrl)).json()) as Measured;
  }
}

/** How much longer fixed work takes a processor of this machine than one of those that the bound was set on. Never below 1. */
export function slowness(): number {
  const QUIET_MS = 20;
  const text = JSON.stringify(Array.from({ length: 40_000 }, (_, index) => ({ sku: `SKU-${index}`, quantity: index })));
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    JSON.parse(text);
    return performance.now() - start;
  });
  // The quickest was disturbed least by other programs; what they take is no part of what the probe measures.
  return Math.max(1, Math.min(...times) / QUIET_MS);
}
