import type { Memo } from '../../figures.js';
import type { AccountVerdict, ListingWrite, Outcome, WriteResult } from '../../write.js';
import { activate } from './activate.js';
import type { AdminApi } from '../api/admin-api.js';
import { isItemId, placesOf } from '../api/ids.js';
import { readLevels } from '../api/levels.js';
import { OpenListing } from './open-listing.js';
import { MOST_QUANTITIES, setQuantities } from './set-quantities.js';

/** How often listings are read and set anew within one write before they wait for the next one. */
const MOST_ROUNDS = 12;
/** Rounds after which calls become smaller: where the shop names one fault a call, halving finds the faults of many listings. */
const FULL_ROUNDS = 3;
const OK: AccountVerdict = { kind: 'ok' };

/**
 * Tells the shop the figures of the listings, per place and only over the figure that is known to be there. Each round reads what is not known,
 * stocks what is not stocked, and sets the rest; who comes out with an outcome is done.
 */
export async function write(api: AdminApi, channelId: string, reason: string, listings: readonly ListingWrite[]): Promise<WriteResult> {
  const all = listings.map((listing) => new OpenListing(listing));
  for (const listing of all) listing.outcome = unusable(listing.write);
  let account = OK;
  for (const group of byUrgency(all)) {
    for (let round = 1; account.kind === 'ok' && round <= MOST_ROUNDS && open(group).length > 0; round += 1)
      account = await oneRound(api, channelId, reason, open(group), Math.ceil(MOST_QUANTITIES / 2 ** Math.max(0, round - FULL_ROUNDS)));
    if (account.kind === 'ok') for (const listing of open(group)) listing.outcome = restless(listing);
  }
  return {
    account,
    outcomes: new Map(
      all.flatMap(({ id, outcome }): readonly (readonly [string, Outcome])[] => (outcome === undefined ? [] : [[id, outcome]])),
    ),
    memos: new Map(all.filter(({ round, write }) => round > roundOf(write.memo)).map(({ id, round }) => [id, { round }])),
  };
}

/** What is urgent does not wait for what the others have to read. Together they are one call, where nothing is to be read. */
function byUrgency(all: readonly OpenListing[]): readonly (readonly OpenListing[])[] {
  const [urgent, others] = [all.filter(({ write }) => write.urgent), all.filter(({ write }) => !write.urgent)];
  return urgent.length > 0 && others.some(({ toRead }) => toRead !== undefined) ? [urgent, others] : [all];
}

const open = (all: readonly OpenListing[]): readonly OpenListing[] => all.filter(({ outcome }) => outcome === undefined);
const roundOf = (memo: Memo | null): number => (typeof memo?.['round'] === 'number' ? memo['round'] : 0);

function unusable({ listingId, parts }: ListingWrite): Outcome | undefined {
  const permanent = (code: string, says: string): Outcome => ({ kind: 'rejected_permanent', code, says });
  if (!isItemId(listingId))
    return permanent('malformed_listing', 'a listing of Shopify is named gid://shopify/InventoryItem/ and a number');
  return parts.length === 0 ? permanent('no_location', "map at least one location to one of the shop's") : undefined;
}

const restless = ({ toRead }: OpenListing): Outcome => ({
  kind: 'rejected_retryable',
  code: toRead ?? 'unsettled',
  says: 'the figure at the shop changed each time that it was read',
});

async function oneRound(
  api: AdminApi,
  channelId: string,
  reason: string,
  listings: readonly OpenListing[],
  mostTogether: number,
): Promise<AccountVerdict> {
  const account = await readUnknown(api, listings);
  if (account.kind !== 'ok') return account;
  const unstocked = open(listings).flatMap(({ due }) => due.filter(({ stocked }) => !stocked));
  const stocked = await activate(api, channelId, unstocked);
  if (stocked.kind !== 'ok') return stocked;
  for (const listing of open(listings)) if (listing.due.length === 0) listing.outcome = { kind: 'applied' };
  for (const chunk of chunks(open(listings), mostTogether)) {
    const verdict = await setQuantities(
      api,
      channelId,
      reason,
      chunk.flatMap(({ due }) => due),
    );
    if (verdict.kind !== 'ok') return verdict;
  }
  return OK;
}

async function readUnknown(api: AdminApi, listings: readonly OpenListing[]): Promise<AccountVerdict> {
  const unknown = listings.filter(({ toRead }) => toRead !== undefined);
  if (unknown.length === 0) return OK;
  const places = placesOf(unknown.flatMap(({ pairs }) => pairs));
  const urgent = unknown.some(({ write }) => write.urgent);
  const { account, items } = await readLevels(
    api,
    unknown.map(({ id }) => id),
    places,
    urgent,
  );
  for (const listing of unknown) {
    const levels = items.get(listing.id);
    if (levels === null)
      listing.outcome = { kind: 'rejected_permanent', code: 'unknown_item', says: 'the shop has no such inventory item' };
    else if (levels !== undefined) listing.see(levels);
  }
  return account;
}

/** Listings together as far as one call may carry their places; those of one listing stay together. */
function chunks(listings: readonly OpenListing[], mostTogether: number): readonly (readonly OpenListing[])[] {
  const made: OpenListing[][] = [];
  let room = 0;
  for (const listing of listings) {
    room -= listing.due.length;
    if (room < 0 || made.length === 0) {
      made.push([]);
      room = mostTogether - listing.due.length;
    }
    made.at(-1)?.push(listing);
  }
  return made;
}
