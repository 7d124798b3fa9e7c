import { isSamePlace, placeAt, takeAt, unitsAt, type PastCommit, type SkuEvent, type Take } from '@holdfast/inventory';

/** Events by which an ERP may have posted units of a commit. */
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
  const unposted = takes.map((take) => takeAt(take, take.quantity - unitsAt(posted, take))).filter(({ quantity }) => quantity > 0);
  return { takes, unposted };
}

function postedBy(posting: Posting, takes: readonly Take[], committedAt: number, orderId: string): readonly Take[] {
  if (posting.type === 'LevelReported') {
    // The posting lag alone says that the figure contains the commit.
    const isPresumed = posting.presumedPostedUntil !== undefined && committedAt <= posting.presumedPostedUntil;
    return isPresumed ? takes.filter((take) => isSamePlace(take, posting)) : [];
  }
  if (posting.orderId !== orderId) return [];
  return [takeAt(placeAt(posting.locationId), posting.acknowledgedUnits), ...posting.reassigned];
}
