import { TOPICS } from '@holdfast/contracts';
import type { Bus, OutgoingMessage } from '@holdfast/messaging';
import { isRecord, Problem } from '@holdfast/platform';
import { checkMessage, connected } from '../erp-http/check-message.js';
import { outgoingMessage } from '../erp-http/erp-event.js';
import { type Clock, inSlices } from '@holdfast/kit';
import { publishInPortions } from '../lines/in-portions.js';
import type { TenantRouting } from '../routing/routing.js';
import type { RoutingCache } from '../routing/routing-cache.js';
import type { DeadLetters, FoundLetter } from './dead-letters.js';
import { parseJson } from './read-letter.js';
import { MAX_REPLAYED_AT_ONCE, type Fix, type ReplayResult } from './dead-letter.dto.js';

export interface ReplayWish {
  /** `open`: all that were not replayed yet, the oldest first. */
  readonly letters: readonly string[] | 'open';
  /** Fields of the message to set before; null takes a field away. */
  readonly fix?: Fix;
}

interface Mended extends Pick<ReplayResult, 'replayed' | 'failed'> {
  readonly outgoing: readonly OutgoingMessage[];
}

/** Puts dead letters back onto the topic once they, or what they need, were mended. */
export class Replay {
  constructor(
    private readonly letters: DeadLetters,
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly routing: RoutingCache,
    private readonly clock: Clock,
  ) {}

  /** A letter counts as replayed once it is on the topic; after a crash in between it is published again, which has no second effect. */
  async replay(tenant: string, wish: ReplayWish): Promise<ReplayResult> {
    const found = await this.letters.find(tenant, wish.letters, MAX_REPLAYED_AT_ONCE);
    requireAll(wish.letters, found);
    const { outgoing, replayed, failed } = await inSlices(this.mend(tenant, found, wish.fix, await this.routing.current(tenant)));
    if (outgoing.length > 0) {
      await publishInPortions(this.bus, TOPICS.erpStock.name, outgoing);
      await this.letters.markReplayed(replayed, wish.fix);
    }
    return { replayed, failed, open: await this.letters.countOpen(tenant) };
  }

  private *mend(
    tenant: string,
    letters: readonly FoundLetter[],
    fix: Fix | undefined,
    routing: TenantRouting,
  ): Generator<undefined, Mended> {
    const now = this.clock.now();
    const outgoing: OutgoingMessage[] = [];
    const replayed: string[] = [];
    const failed: { id: string; code: string; message: string }[] = [];
    for (const letter of letters) {
      yield;
      const checked = connected(checkMessage(mended(letter, fix), now), routing);
      if (checked.kind === 'faulty') failed.push({ id: letter.id, ...checked.reason });
      else {
        outgoing.push(outgoingMessage(tenant, checked.message, now));
        replayed.push(letter.id);
      }
    }
    return { outgoing, replayed, failed };
  }
}

/** The message of a letter with the fix in it; of a letter that was no JSON, what the fix alone makes. */
export function mended(letter: Pick<FoundLetter, 'value'>, fix: Fix = {}): Readonly<Record<string, unknown>> {
  const event = parseJson(letter.value);
  const data = isRecord(event) && isRecord(event['data']) ? event['data'] : {};
  return Object.fromEntries(Object.entries({ ...data, ...fix }).filter(([, value]) => value !== null));
}

function requireAll(wished: readonly string[] | 'open', found: readonly FoundLetter[]): void {
  if (wished === 'open') return;
  const known = new Set(found.map(({ id }) => id));
  const unknown = wished.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  const details = unknown.slice(0, 100).map((id) => ({ field: 'ids', message: `there is no dead letter ${id}` }));
  throw new Problem(404, 'unknown_dead_letter', 'Some of the dead letters do not exist', { details });
}
