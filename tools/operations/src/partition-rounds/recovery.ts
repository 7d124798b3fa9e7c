import { setTimeout as sleep } from 'node:timers/promises';
import type { Runtime } from '@holdfast/runtime';
import type { Api } from '@holdfast/testing';
import { caughtUp } from '../caught-up.js';
import { answeredAgain } from '../load/answered-again.js';
import type { Service } from './services.js';

const ASK_AGAIN_MS = 100;
const READY_WITHIN_MS = 120_000;

export interface Recovery {
  /** From the end of the cut until everything was healthy. */
  readonly ms: number;
  /** What was not healthy in time. */
  readonly faults: readonly string[];
}

/** Waits until every SKU is answered, every service says that all it needs works, and the projection has read the whole log. */
export async function recovery(api: Api, runtime: Runtime, services: readonly Service[], skus: readonly string[]): Promise<Recovery> {
  const healedAt = performance.now();
  const until = healedAt + READY_WITHIN_MS;
  const waits = [
    answeredAgain(api, skus, healedAt).then(() => undefined),
    ...services.map((service) => untilReady(service, until)),
    untilProjected(runtime, until),
  ];
  const outcomes = await Promise.all(waits.map((wait) => wait.catch((error: unknown) => String(error))));
  return { ms: performance.now() - healedAt, faults: outcomes.flatMap((fault) => fault ?? []) };
}

async function untilReady({ name, url }: Service, until: number): Promise<string | undefined> {
  let last = 'no answer';
  while (performance.now() < until) {
    try {
      const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
      last = await answer.text();
      if (answer.ok && (JSON.parse(last) as { status?: string }).status === 'ok') return undefined;
    } catch (error) {
      last = String(error);
    }
    await sleep(ASK_AGAIN_MS);
  }
  return `${name} is not healthy ${String(READY_WITHIN_MS)} ms after the cut: ${last}`;
}

async function untilProjected({ database, eventStore }: Runtime, until: number): Promise<string | undefined> {
  while (performance.now() < until) if (await caughtUp(database.pool, eventStore, () => undefined)) return undefined;
  return `the projection has not caught up ${String(READY_WITHIN_MS)} ms after the cut`;
}
