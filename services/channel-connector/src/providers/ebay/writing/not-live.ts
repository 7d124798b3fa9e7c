import type { ListingWrite } from '../../write.js';
import { bulkUpdate } from './bulk-update.js';
import { type EbayReply, errorOf } from '../client.js';
import { type Offer, publishOffer, updateOffer, withdrawOffer } from './offers.js';
import { outcomeOf } from './outcomes.js';
import type { WriteSession } from './write-session.js';

/**
 * Sets the figure of a SKU none of whose offers is live, which a bulk update does not reach. A listing that ended because its units were gone is
 * published again where out-of-stock control is off; one that a person ended stays ended.
 */
export async function setWhereNotLive(session: WriteSession, write: ListingWrite, offers: readonly Offer[]): Promise<void> {
  const { client } = session;
  const entry = { sku: write.listingId, quantity: write.quantity, offerIds: [], urgent: write.urgent };
  const { results, stopped } = await bulkUpdate(client, [entry]);
  if (stopped !== undefined) return session.stop(stopped.account);
  const item = results.get(write.listingId);
  if (item?.kind === 'unknown') return session.settle(write, item);
  // Where a zero is no valid quantity the item keeps its own; its offer shows nothing anyway.
  if (item?.kind === 'failed' && write.quantity > 0)
    return session.settle(write, outcomeOf(item.error, client.account.settings, client.tools.now()));
  const ended = offers.filter((offer) => endedAtZero(session, write, offer));
  for (const offer of offers) {
    if (session.stopped || !session.isOpen(write)) return;
    const updated = await updateOffer(client, offer, write.quantity, write.urgent);
    if (failed(session, write, updated)) return;
  }
  if (write.quantity === 0) return session.settle(write, { kind: 'applied' });
  if (ended.length === 0) return session.settle(write, notPublished(offers));
  await publish(session, write, ended);
}

async function publish(session: WriteSession, write: ListingWrite, offers: readonly Offer[]): Promise<void> {
  for (const { offerId } of offers) {
    const published = await publishOffer(session.client, offerId);
    if (failed(session, write, published)) return;
    session.remember(write, { offerIds: [...session.memo(write).offerIds, offerId], withdrawn: false, revisions: 0 });
  }
  session.settle(write, { kind: 'applied' });
}

/** Ends the listings of a SKU whose zero eBay does not take: what is not listed is not sold. */
export async function withdraw(session: WriteSession, write: ListingWrite, offers: readonly Offer[]): Promise<void> {
  for (const offer of offers) {
    const withdrawn = await withdrawOffer(session.client, offer.offerId);
    if (failed(session, write, withdrawn)) return;
    session.remember(write, { offerIds: [], withdrawn: true });
  }
  session.settle(write, { kind: 'applied' });
}

const endedAtZero = (session: WriteSession, write: ListingWrite, { status, availableQuantity }: Offer): boolean => {
  if (session.memo(write).withdrawn) return status === 'UNPUBLISHED' || status === 'ENDED';
  return session.client.account.settings.outOfStockControl === false && status === 'ENDED' && availableQuantity === 0;
};

/** Takes over what a single call says where it is no success. */
function failed(session: WriteSession, write: ListingWrite, reply: EbayReply): boolean {
  if (reply.kind === 'answered' && reply.status >= 200 && reply.status <= 299) return false;
  if (reply.kind === 'stopped') session.stop(reply.account);
  else if (reply.kind === 'lost') session.settle(write, { kind: 'unknown', says: reply.says });
  else session.settle(write, outcomeOf(errorOf(reply.body), session.client.account.settings, session.client.tools.now()));
  return true;
}

const notPublished = (offers: readonly Offer[]) =>
  ({
    kind: 'rejected_permanent',
    code: 'not_published',
    says: `the offer is ${offers.map(({ status }) => status.toLowerCase()).join(', ')} at eBay; its quantity was set, publish it there to sell it`,
  }) as const;
