import type { RunningHoldfast } from '@holdfast/testing';

/** What one request cost the server. */
export interface Cost {
  readonly status: number;
  /** Longest time that the event loop stood still while it was served, milliseconds. */
  readonly standstillMs: number;
  /** By how much the memory of the process grew beyond all that it needed before, bytes. */
  readonly grownBytes: number;
}

/** The timer that measures the event loop fires this often; an idle loop shows as much. */
const RESOLUTION_MS = 10;

/** Measures by the process's own metrics, which begin anew whenever they are read. */
export class ServerMeter {
  private highestBytes = 0;

  constructor(private readonly server: Pick<RunningHoldfast, 'url' | 'key'>) {}

  async cost(method: string, path: string, contentType: string, text: string): Promise<Cost> {
    const before = await this.read();
    this.highestBytes = Math.max(this.highestBytes, before.memoryBytes);
    const response = await fetch(`${this.server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.server.key}`, 'content-type': contentType },
      body: text,
    });
    await response.arrayBuffer();
    const after = await this.read();
    const grownBytes = Math.max(0, after.memoryBytes - this.highestBytes);
    return { status: response.status, standstillMs: Math.max(0, after.standstillMs - RESOLUTION_MS), grownBytes };
  }

  private async read(): Promise<{ standstillMs: number; memoryBytes: number }> {
    const text = await (await fetch(`${this.server.url}/metrics`)).text();
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
    return { standstillMs: value('nodejs_eventloop_lag_max_seconds') * 1_000, memoryBytes: value('process_resident_memory_bytes') };
  }
}

/** How long fixed work takes on this machine now, against a machine of two quiet cores: bounds are stretched by it. Never below 1. */
export function slowness(): number {
  const QUIET_MS = 20;
  const text = JSON.stringify(Array.from({ length: 40_000 }, (_, index) => ({ sku: `SKU-${index}`, quantity: index })));
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    JSON.parse(text);
    return performance.now() - start;
  });
  return Math.max(1, Math.max(...times) / QUIET_MS);
}
