import { runInLanes } from '@holdfast/kit';
import type { ListingWrite, WriteResult } from '../../write.js';
import { type BulkAnswer, bulkUpdate, type BulkEntry, type BulkResult } from './bulk-update.js';
import type { CallWidths } from './call-widths.js';
import type { EbayClient, EbayReply } from '../client.js';
import { mayRevise, usedUp } from './memo.js';
import { offersOf } from './offers.js';
import { heldBack, isRevisedTooOften, isZeroRefused, outcomeOf } from './outcomes.js';
import { setWhereNotLive, withdraw } from './not-live.js';
import { WriteSession } from './write-session.js';

/** Bulk updates under way at once; no limit of eBay's but that of the day is known. */
const UPDATES = 4;
/** Offers of so many SKUs are looked up at once. */
const LOOKUPS = 5;

/** Writes figures to eBay. */
export class EbayPush {
  constructor(
    private readonly client: EbayClient,
    private readonly widths: CallWidths,
  ) {}

  get batch(): number {
    const width = this.widths.of(this.client);
    // Where each SKU is a call of its own, a zero must not wait for many of them.
    return width === 1 ? 10 : width * UPDATES;
  }

  async write(listings: readonly ListingWrite[]): Promise<WriteResult> {
    const session = new WriteSession(this.client);
    const { settings } = this.client.account;
    for (const write of listings) {
      const memo = session.memo(write);
      if (!mayRevise(memo, settings, write)) session.settle(write, heldBack(memo, write, settings, this.client.tools.now()));
    }
    await this.lookUp(
      session,
      listings.filter((write) => session.isOpen(write) && session.memo(write).offerIds.length === 0),
    );
    await this.update(
      session,
      listings.filter((write) => session.isOpen(write) && session.memo(write).offerIds.length > 0),
    );
    return session.result();
  }

  /** Finds the offers of listings; those without a live one take their figure another way. */
  private async lookUp(session: WriteSession, writes: readonly ListingWrite[]): Promise<void> {
    await runInLanes(writes, { laneOf: ({ listingId }) => listingId, lanes: LOOKUPS, window: 1 }, async (write) => {
      if (session.stopped) return;
      const found = await offersOf(this.client, write.listingId, write.urgent);
      if ('reply' in found) return stopFor(session, write, found.reply);
      const live = found.offers.filter((offer) => offer.live);
      session.remember(write, { offerIds: live.map(({ offerId }) => offerId) });
      if (found.offers.length === 0) session.settle(write, noOffer(this.client));
      else if (live.length === 0) await setWhereNotLive(session, write, found.offers);
      else session.remember(write, { withdrawn: false });
    });
  }

  private async update(session: WriteSession, writes: readonly ListingWrite[]): Promise<void> {
    const refused: Refused[] = [];
    let at = 0;
    const next = (): readonly ListingWrite[] => {
      const chunk = session.stopped ? [] : writes.slice(at, at + this.widths.of(this.client));
      at += chunk.length;
      return chunk;
    };
    const lane = async (): Promise<void> => {
      for (let chunk = next(); chunk.length > 0; chunk = next()) refused.push(...(await this.updateTogether(session, chunk)));
    };
    await Promise.all(Array.from({ length: UPDATES }, lane));
    await this.lookAgain(session, refused);
  }

  /** One call for all; where eBay refuses it as a whole, one for each, which shows whether one of them was at fault or their number. */
  private async updateTogether(session: WriteSession, chunk: readonly ListingWrite[]): Promise<readonly Refused[]> {
    const answer = await bulkUpdate(
      this.client,
      chunk.map((write) => entryOf(session, write)),
    );
    if (!answer.refused) return this.takeAll(session, chunk, answer);
    const found: Refused[] = [];
    let atFault = 0;
    for (const write of chunk) {
      if (session.stopped) return found;
      const single = await bulkUpdate(this.client, [entryOf(session, write)]);
      if (single.refused) atFault += 1;
      found.push(...this.takeAll(session, [write], single));
    }
    if (atFault === 0 && chunk.length > 1 && !session.stopped) this.widths.takesOne(this.client);
    return found;
  }

  private takeAll(session: WriteSession, chunk: readonly ListingWrite[], { results, stopped }: BulkAnswer): readonly Refused[] {
    if (stopped !== undefined) session.stop(stopped.account);
    return chunk.flatMap((write) => this.take(session, write, results.get(write.listingId)) ?? []);
  }

  /** @returns what was refused in a way that the listing's offers may explain */
  private take(session: WriteSession, write: ListingWrite, result: BulkResult | undefined): Refused | undefined {
    if (result === undefined) return undefined;
    const memo = session.memo(write);
    if (result.kind !== 'failed') {
      session.remember(write, { revisions: memo.revisions + 1 });
      session.settle(write, result.kind === 'done' ? { kind: 'applied' } : result);
      return undefined;
    }
    const { settings } = this.client.account;
    if (isRevisedTooOften(result.error)) session.remember(write, usedUp(memo, settings));
    const outcome = outcomeOf(result.error, settings, this.client.tools.now());
    session.settle(write, outcome);
    const noZero = write.quantity === 0 && (isZeroRefused(result.error) || isRevisedTooOften(result.error));
    return noZero || outcome.kind === 'rejected_permanent' ? { write, noZero } : undefined;
  }

  /** The offers that we knew may have ended meanwhile; and a zero that eBay does not take stops the sale in another way. */
  private async lookAgain(session: WriteSession, refused: readonly Refused[]): Promise<void> {
    const withdraws = this.client.account.settings.withdrawAtZero ?? true;
    for (const { write, noZero } of refused) {
      if (session.stopped) return;
      const found = await offersOf(this.client, write.listingId, write.urgent);
      if ('reply' in found) return stopFor(session, write, found.reply);
      const live = found.offers.filter((offer) => offer.live);
      session.remember(write, { offerIds: live.map(({ offerId }) => offerId) });
      if (live.length > 0 && !(noZero && withdraws)) continue;
      session.reopen(write);
      if (found.offers.length === 0) session.settle(write, noOffer(this.client));
      else if (live.length === 0) await setWhereNotLive(session, write, found.offers);
      else await withdraw(session, write, live);
    }
  }
}

interface Refused {
  readonly write: ListingWrite;
  /** It was a zero, and eBay takes none for this listing. */
  readonly noZero: boolean;
}

const entryOf = (session: WriteSession, write: ListingWrite): BulkEntry => ({
  sku: write.listingId,
  quantity: write.quantity,
  offerIds: session.memo(write).offerIds,
  urgent: write.urgent,
});

function stopFor(session: WriteSession, write: ListingWrite, reply: EbayReply): void {
  if (reply.kind === 'stopped') session.stop(reply.account);
  else if (reply.kind === 'lost') session.stop({ kind: 'failed', says: reply.says, retryAfterMs: 5_000 });
  else {
    const says = `eBay did not show the offers of ${write.listingId} (${String(reply.status)})`;
    session.settle(write, { kind: 'rejected_retryable', code: 'offers_unknown', says });
  }
}

const noOffer = (client: EbayClient) =>
  ({
    kind: 'rejected_permanent',
    code: 'no_offer',
    says: `eBay has no fixed-price offer of this SKU on ${client.account.settings.marketplaceId}: create one there first`,
  }) as const;
