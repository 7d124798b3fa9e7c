import {
  exchangedLots,
  isSamePlace,
  placeAt,
  takeAt,
  unitsAt,
  type PastCommit,
  type PositionChange,
  type SkuEvent,
  type Take,
} from '@holdfast/inventory';

/** Events by which an ERP may have posted units of a commit, or by which a lot of it has another id. */
export type Since = Extract<SkuEvent, { type: 'StockIssued' | 'LevelReported' | 'LotRenamed' }>;

/**
 * Which units of a commit no ERP has posted since. Where several commits of the order may be meant, this one is taken for posted first:
 * a unit too few comes back rather than one too many.
 *
 * @param since newest first
 */
export function pastCommit(
  { takes, alreadyIssued, positions }: Extract<SkuEvent, { type: 'ReservationCommitted' }>,
  committedAt: number,
  since: readonly Since[],
  orderId: string,
): PastCommit {
  const posted = [...alreadyIssued, ...since.flatMap((posting) => postedBy(posting, takes, committedAt, orderId))];
  const unposted = takes.map((take) => takeAt(take, take.quantity - unitsAt(posted, take))).filter(({ quantity }) => quantity > 0);
  return { takes, unposted, ...(positions === undefined ? {} : { positions: exchanged(positions, since, orderId) }) };
}

/** The lots of the commit, after those that the ERP exchanged, under their ids of now. */
function exchanged(taken: readonly PositionChange[], since: readonly Since[], orderId: string): readonly PositionChange[] {
  let lots = taken;
  for (const posting of [...since].reverse()) {
    if (posting.type === 'LotRenamed') {
      const { lotId, toLotId } = posting;
      lots = lots.map((change) => (change.lotId === lotId ? { ...change, lotId: toLotId } : change));
      continue;
    }
    if (posting.type !== 'StockIssued' || posting.orderId !== orderId || posting.lotId === undefined) continue;
    const { locationId, lotId, positions = [] } = posting;
    const ofCommit = lots;
    // What it gave back of another commit of the order is not in this one.
    const isOfCommit = positions.filter(({ delta }) => delta > 0).every((change) => unitsOf(ofCommit, change) >= change.delta);
    if (isOfCommit) lots = exchangedLots(lots, { locationId, lotId, positions });
  }
  return lots;
}

const unitsOf = (taken: readonly PositionChange[], { locationId, lotId, binId }: PositionChange): number =>
  taken
    .filter((change) => change.locationId === locationId && change.lotId === lotId && change.binId === binId)
    .reduce((units, { delta }) => units - delta, 0);

function postedBy(posting: Since, takes: readonly Take[], committedAt: number, orderId: string): readonly Take[] {
  if (posting.type === 'LotRenamed') return [];
  if (posting.type === 'LevelReported') {
    // The posting lag alone says that the figure contains the commit.
    const isPresumed = posting.presumedPostedUntil !== undefined && committedAt <= posting.presumedPostedUntil;
    return isPresumed ? takes.filter((take) => isSamePlace(take, posting)) : [];
  }
  if (posting.orderId !== orderId) return [];
  return [takeAt(placeAt(posting.locationId), posting.acknowledgedUnits), ...posting.reassigned];
}
