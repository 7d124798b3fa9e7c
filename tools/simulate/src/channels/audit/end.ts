import { isDeepStrictEqual } from 'node:util';
import { listingOf, refOf, type Kind } from '../set-up.js';
import type { FigureTopic } from '../topic.js';
import { LISTINGS_PER_WRITE } from '../vendors/plain-protocol.js';
import { SKUS, type ChannelWorld } from '../world.js';

/** All has settled: every listing shows the newest figure, or waits for a decision about an edit. */
export function auditEnd(world: ChannelWorld, topic: FigureTopic, kinds: readonly Kind[]): void {
  const { auditor, channels } = world;
  auditor.check(topic.waiting === 0, () => `${String(topic.waiting)} figures of the topic were never taken`);
  for (const kind of kinds)
    for (const sku of SKUS) {
      const listingId = listingOf(kind, sku);
      const there = world.vendor(kind);
      const row = channels.listing(refOf(kind), sku);
      const [shows, newest] = [there.shows(listingId), topic.newest.get(sku)];
      const changes = there.listings.get(listingId)?.changes ?? [];
      if (row !== undefined && row.conflictId !== null) {
        auditor.check(
          changes.some(({ by }) => by === 'hand'),
          () => `${kind} ${listingId}: a conflict without an edit`,
        );
        continue;
      }
      auditor.check(shows === newest, () => `${kind} ${listingId}: shows ${String(shows)}, the newest figure is ${String(newest)}`);
      const isTold = row?.sentVersion === row?.version && row?.pending === null && row.fault === null && row.dueAt === null;
      auditor.check(isTold, () => `${kind} ${listingId}: shows the newest figure, and is not known to`);
    }
}

/** Among many figures that were told at once the zero was in the first write. */
export function auditZeroFirst(world: ChannelWorld, kinds: readonly Kind[], before: ReadonlyMap<Kind, number>, zero: string): void {
  for (const kind of kinds) {
    const { auditor } = world;
    const received = world.vendor(kind).received.slice(before.get(kind) ?? 0);
    const index = received.findIndex((one) => isDeepStrictEqual(one, { listingId: listingOf(kind, zero), quantity: 0 }));
    // Of a vendor that takes all in one call no order is seen.
    if (received.length > 0)
      auditor.check(index >= 0 && index < LISTINGS_PER_WRITE, () => `${kind}: a zero waited behind ${String(index)} other figures`);
  }
}
