import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, ApiAnswer } from '@holdfast/testing';
import { ORDER_SETTLES_MS } from '../walk.js';

/** The last answer that a buyer got about one reservation. */
export interface Acknowledged {
  readonly key: string;
  readonly request: { readonly items: readonly { readonly sku: string; readonly quantity: number }[] };
  readonly reservationId: string;
  readonly status: 'held' | 'committed' | 'released';
}

export const TTL_MS = 6_000;

/** A request without an answer for so long after a fault counts as failed. */
export const GIVEN_UP_MS = 60_000;
const RETRY_MS = 25;
/** Acknowledged reservations that are checked at the same time. */
const ASKED_AT_ONCE = 50;
const RESERVE = '/sales-channel/inventory/reserve';
const pathOf = (reservationId: string): string => `/sales-channel/inventory/reservation/${encodeURIComponent(reservationId)}`;

/** Sends the same request with the same key until it is answered. Undefined when stopped before. */
export async function persist(api: Api, path: string, body: unknown, key: string, isOver: () => boolean): Promise<ApiAnswer | undefined> {
  const keyed = api.with({ 'idempotency-key': key });
  while (!isOver()) {
    const answer = await keyed.post(path, body).catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return answer;
    await sleep(RETRY_MS);
  }
  return undefined;
}

/** A simulated buyer: commits, releases or abandons one order after the other, while processes are killed or cut off. */
export class Buyers {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that must never occur. */
  readonly wrong: string[] = [];
  answers = 0;
  /** Commits that were sent and not answered: whether they sold is not known. */
  readonly unanswered: Acknowledged[] = [];
  private over = false;
  /** Until when a commit or release is repeated, by `performance.now()`. */
  private endsBy = Number.POSITIVE_INFINITY;
  private number = 0;
  private readonly working: readonly Promise<void>[];

  constructor(
    private readonly api: Api,
    private readonly skus: readonly string[],
    private readonly prefix: string,
    private readonly random: () => number,
    count: number,
    /** From the start of an order to the start of the next of the same buyer, on average; at once where it took longer. */
    private readonly everyMs = 0,
  ) {
    this.working = Array.from({ length: count }, () => this.work());
  }

  /** Resolves when each buyer has finished its current order. @param withinMs then commits and releases without an answer are given up */
  async stop(withinMs = GIVEN_UP_MS): Promise<void> {
    this.over = true;
    this.endsBy = performance.now() + withinMs;
    await Promise.all(this.working);
  }

  private async work(): Promise<void> {
    while (!this.over) {
      const nextAt = performance.now() + this.everyMs * 2 * this.random();
      await this.buy();
      if (this.everyMs > 0) await sleep(Math.max(0, nextAt - performance.now()));
    }
  }

  private pick(): string {
    return this.skus[Math.floor(this.random() * this.skus.length)] ?? '';
  }

  private async buy(): Promise<void> {
    const key = `${this.prefix}-${String((this.number += 1))}`;
    const skus = new Set(this.random() < 0.4 ? [this.pick(), this.pick()] : [this.pick()]);
    const request = { items: [...skus].map((sku) => ({ sku, quantity: 1 })), orderId: key, ttl: TTL_MS / 1_000 };
    const reserved = await persist(this.api, RESERVE, request, key, () => this.over);
    if (reserved === undefined || !this.isExpected(reserved, [201, 409])) return;
    if (reserved.status !== 201) return;
    const { reservationId } = reserved.body as { reservationId: string };
    const wish = this.random();
    const told = { key, request, reservationId };
    if (wish < 0.3) return void this.acknowledged.push({ ...told, status: 'held' });
    const verb = wish < 0.5 ? 'commit' : 'release';
    const status = verb === 'commit' ? 'committed' : 'released';
    const isLate = (): boolean => performance.now() > this.endsBy;
    const answer = await persist(this.api, `${pathOf(reservationId)}/${verb}`, {}, `${key}-${verb}`, isLate);
    if (answer === undefined) return void (verb === 'commit' && this.unanswered.push({ ...told, status }));
    if (!this.isExpected(answer, [200, 409])) return;
    if (answer.status === 200) this.acknowledged.push({ ...told, status });
  }

  private isExpected({ status, body }: ApiAnswer, expected: readonly number[]): boolean {
    this.answers += 1;
    if (expected.includes(status)) return true;
    this.wrong.push(`${String(status)} ${JSON.stringify(body)}`);
    return false;
  }
}

/** Reads the acknowledged reservations again and returns what contradicts the answers. */
export async function disagreements(api: Api, told: readonly Acknowledged[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < told.length; from += ASKED_AT_ONCE) {
    const asked = told.slice(from, from + ASKED_AT_ONCE).map((each) => disagreement(api, each));
    for (const fault of await Promise.all(asked)) if (fault !== undefined) found.push(fault);
  }
  return found;
}

async function disagreement(api: Api, { key, request, reservationId, status }: Acknowledged): Promise<string | undefined> {
  const now = await settledStatus(api, reservationId);
  const agrees = status === 'held' ? ['held', 'expired'].includes(now) : now === status;
  if (!agrees) return `${reservationId} was ${status} and is ${now}`;
  const giveUpAt = performance.now() + GIVEN_UP_MS;
  const isOver = (): boolean => performance.now() > giveUpAt;
  const repeat = await persist(api, RESERVE, { ...request, orderId: key, ttl: TTL_MS / 1_000 }, key, isOver);
  const isSame = (repeat?.body as { reservationId?: string } | undefined)?.reservationId === reservationId;
  return isSame ? undefined : `the repeat of ${key} was answered ${JSON.stringify(repeat?.body)}`;
}

/** An order expires in two steps. A reader between them reads again, until the order must have ended. */
async function settledStatus(api: Api, reservationId: string): Promise<string> {
  for (const until = performance.now() + ORDER_SETTLES_MS; ;) {
    const { body } = await api.get(pathOf(reservationId));
    const { status = 'unknown' } = body as { readonly status?: string };
    if (status !== 'expiring' || performance.now() > until) return status;
    await sleep(RETRY_MS);
  }
}
