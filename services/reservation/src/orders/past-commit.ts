import type { PastCommit, SkuEvent, Take } from '@holdfast/inventory';

/** What an ERP says of goods that left: it may have posted units of the commit. */
export type Posting = Extract<SkuEvent, { type: 'StockIssued' | 'LevelReported' }>;

/**
 * Which units of a commit no ERP has posted since. Where several commits of the order may be meant, this one is taken for posted first:
 * a unit too few comes back rather than one too many.
 */
export function pastCommit(
  { takes, alreadyIssued }: Extract<SkuEvent, { type: 'ReservationCommitted' }>,
  committedAt: number,
  since: readonly Posting[],
  orderId: string,
): PastCommit {
  const posted = [...alreadyIssued, ...since.flatMap((posting) => postedBy(posting, takes, committedAt, orderId))];
  const unposted = takes
    .map(({ locationId, quantity }) => ({ locationId, quantity: quantity - unitsAt(posted, locationId) }))
    .filter(({ quantity }) => quantity > 0);
  return { takes, unposted };
}

function postedBy(posting: Posting, takes: readonly Take[], committedAt: number, orderId: string): readonly Take[] {
  if (posting.type === 'LevelReported') {
    // The posting lag alone says that the figure contains the commit.
    const isPresumed = posting.presumedPostedUntil !== undefined && committedAt <= posting.presumedPostedUntil;
    return isPresumed ? takes.filter(({ locationId }) => locationId === posting.locationId) : [];
  }
  if (posting.orderId !== orderId) return [];
  return [{ locationId: posting.locationId, quantity: posting.acknowledgedUnits }, ...posting.reassigned];
}

const unitsAt = (takes: readonly Take[], locationId: string): number =>
  takes.reduce((units, take) => (take.locationId === locationId ? units + take.quantity : units), 0);
