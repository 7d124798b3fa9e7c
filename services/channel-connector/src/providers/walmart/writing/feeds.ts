import { fieldsOf, textOf } from '../../reading.js';
import type { AccountVerdict, ListingWrite, Outcome, WriteResult } from '../../write.js';
import type { WalmartClient } from '../client.js';
import { errorOf } from '../errors.js';
import { type FeedFile, feedFiles, feedTypeOf, formOf } from './feed-file.js';
import { byName, feedReference } from './feed-reference.js';

const FIRST_CHECK_MS = 15_000;

/** Sends listings as feeds. While a feed runs no other write of its listings may be made: the feed would replace it. */
export async function writeAsFeeds(client: WalmartClient, listings: readonly ListingWrite[]): Promise<WriteResult> {
  const outcomes = new Map<string, Outcome>();
  for (const file of feedFiles(feedTypeOf(listings), listings)) {
    const sent = await send(client, file);
    if ('account' in sent) return { account: sent.account, outcomes };
    for (const { listingId } of file.writes) outcomes.set(listingId, sent.outcome);
  }
  return { account: { kind: 'ok' }, outcomes };
}

async function send(
  client: WalmartClient,
  { type, content }: FeedFile,
): Promise<{ readonly outcome: Outcome } | { readonly account: AccountVerdict }> {
  const name = `${client.tools.newId()}.json`;
  const now = client.tools.now();
  const reply = await client.call({
    method: 'POST',
    path: `/v3/feeds?feedType=${type}`,
    limit: type === 'inventory' ? 'feed_inventory' : 'feed_mp_inventory',
    upload: formOf(name, content),
  });
  if (reply.kind === 'stopped') return { account: reply.account };
  const feedId = reply.kind === 'good' ? textOf(fieldsOf(reply.body)['feedId']) : undefined;
  if (feedId !== undefined) return { outcome: accepted(feedReference(feedId, now)) };
  // It may have been taken all the same: it is looked for by its name before anything else is written to these listings.
  if (reply.kind === 'lost' || reply.kind === 'good') return { outcome: accepted(byName(name, now)) };
  // The refusal is of the file, not of its listings: smaller ones find out what is wrong, and the smallest are no feeds.
  return { account: { kind: 'narrow', says: `Walmart refused the feed: ${errorOf(reply.body).says}` } };
}

export const accepted = (reference: string): Outcome => ({ kind: 'accepted', reference, checkAfterMs: FIRST_CHECK_MS, exclusive: true });
