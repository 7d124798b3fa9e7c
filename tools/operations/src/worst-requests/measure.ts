import { randomUUID } from 'node:crypto';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningHoldfast } from '@holdfast/testing';
import type { Measured } from './probe.js';

export const TOO_LARGE = 413;

/** What one request cost the server. */
export interface Cost extends Measured {
  readonly status: number;
}

export interface WholeCost extends Measured {
  /** Longest hold after the answer: what the request made others do, such as projections and consumers of topics. */
  readonly heldAfterMs: number;
}

/** The answer to a request. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** A thread that computes for less than this much of a while does nothing but its regular upkeep. */
const CALM_SHARE = 0.15;
const CALM_LOOK_MS = 250;
const CALM_LOOKS = 3;

/** Measures requests by the probe within the server. */
export class ServerMeter {
  constructor(
    private readonly server: Pick<RunningHoldfast, 'url' | 'key'>,
    private readonly probeUrl: string,
  ) {}

  /** What a request cost until it was answered. */
  async cost(method: string, path: string, contentType: string, text: string): Promise<Cost> {
    await this.ask('/begin');
    const { status } = await this.send(method, path, contentType, text);
    return { status, ...((await this.ask('/measured')) as Measured) };
  }

  /** What a request cost, and what it caused afterwards until the server is calm again. @param collecting memory without garbage; takes longer */
  async wholeCost(send: () => Promise<unknown>, collecting: boolean): Promise<WholeCost> {
    await this.ask(collecting ? '/begin-collecting' : '/begin');
    await send();
    const heldMs = (await this.ask('/held')) as number;
    await this.calm();
    const measured = (await this.ask('/measured')) as Measured;
    return { ...measured, heldMs, heldAfterMs: measured.heldMs };
  }

  /** Resolves once the server has computed little for some time. */
  async calm(): Promise<void> {
    for (let looks = 0, before = await this.computedMs(); looks < CALM_LOOKS;) {
      const start = performance.now();
      await sleep(CALM_LOOK_MS);
      const now = await this.computedMs();
      looks = now - before < CALM_SHARE * (performance.now() - start) ? looks + 1 : 0;
      before = now;
    }
  }

  /** A server that refuses a body unread closes the connection, perhaps before all was sent. */
  async send(method: string, path: string, contentType: string | undefined, body: string | undefined): Promise<Answered> {
    const type = contentType === undefined ? {} : { 'content-type': contentType };
    const headers = { authorization: `Bearer ${this.server.key}`, 'idempotency-key': randomUUID(), ...type };
    try {
      return await answerTo(new URL(`${this.server.url}${path}`), { method, headers }, body);
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET'))
        return { status: TOO_LARGE, text: '' };
      throw error;
    }
  }

  private async computedMs(): Promise<number> {
    return (await this.ask('/computed')) as number;
  }

  private async ask(path: string): Promise<unknown> {
    return (await fetch(`${this.probeUrl}${path}`)).json();
  }
}

/** Without a time-out: a busy machine is no fault. */
async function answerTo(url: URL, options: RequestOptions, body: string | undefined): Promise<Answered> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end(body);
  });
  return { status: response.statusCode ?? 0, text: await readText(response) };
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
