import type { SkuEvent, Take } from '@holdfast/inventory';
import type { EarlierTools } from './earlier-reservation.js';
import { lastOf, placesOf, unitsOf, wholeCommits, type LinePart } from './line-parts.js';
import { idOf, type SoldLine } from './sold-order.js';

const ACTOR = 'channel order';

/**
 * Gives units of a line back to where they were taken. A commit that comes back whole is reversed, so that limits of the channel count right;
 * parts of one are booked with the order's name. Done again with the same number it has no second effect.
 * @param parts what was done for this line @param reasonCode why
 */
export async function giveBack(
  tools: EarlierTools,
  line: SoldLine,
  {
    number,
    units,
    parts,
    reasonCode,
  }: { readonly number: number; readonly units: number; readonly parts: readonly LinePart[]; readonly reasonCode: string },
  past: readonly SkuEvent[],
): Promise<readonly LinePart[]> {
  const returns: LinePart[] = [];
  let rest = units;
  for (const commit of wholeCommits(parts)) {
    if (unitsOf(commit.takes) > rest) break;
    const restored = await reversed(tools, line, commit, past);
    if (restored === undefined) break;
    // What the ERP issued already is not restored by the reversal; it comes back as goods do.
    const missing = commit.takes
      .map((take) => ({ ...take, quantity: take.quantity - unitsOf(restored.filter(({ locationId }) => locationId === take.locationId)) }))
      .filter(({ quantity }) => quantity > 0);
    await book(tools, line, { number, step: `issued ${commit.commitId}`, takes: missing, reasonCode, orderId: undefined }, past);
    returns.push({ kind: 'return', takes: commit.takes, reverses: commit.commitId });
    rest -= unitsOf(commit.takes);
  }
  if (rest === 0) return returns;
  const takes = lastOf(placesOf([...parts, ...returns]), rest);
  await book(tools, line, { number, step: 'back', takes, reasonCode, orderId: line.orderId }, past);
  return [...returns, { kind: 'return', takes }];
}

/** @returns units that are on hand again; undefined where the commit is forgotten, or is of more lines than this one */
async function reversed(
  { ledger, now }: EarlierTools,
  { tenant, sku, orderId, done }: SoldLine,
  { commitId, reservationId, takes }: Extract<LinePart, { kind: 'commit' }>,
  past: readonly SkuEvent[],
): Promise<readonly Take[] | undefined> {
  const before = past.find((event) => event.type === 'ReservationCommitReversed' && event.commitId === commitId);
  if (before?.type === 'ReservationCommitReversed') return before.restored;
  const { state } = await ledger.read({ tenant, sku });
  const known = (state.reservations.get(reservationId) ?? state.ended.get(reservationId))?.commits.find((one) => one.commitId === commitId);
  const isShared = done.filter((part) => part.kind === 'commit' && part.commitId === commitId).length > 1;
  if (known === undefined || isShared || unitsOf(known.takes) !== unitsOf(takes)) return undefined;
  const outcome = await ledger.execute(
    { tenant, sku },
    { type: 'ReverseCommit', at: now(), commandId: `${commitId}-reversed`, reservationId, commitCommandId: commitId, orderId },
    { actor: ACTOR },
  );
  if (outcome.kind === 'refused') return undefined;
  const event = outcome.events.find((one) => one.type === 'ReservationCommitReversed');
  return event?.type === 'ReservationCommitReversed' ? event.restored : takes;
}

interface Booking {
  readonly number: number;
  readonly step: string;
  readonly takes: readonly Take[];
  readonly reasonCode: string;
  readonly orderId: string | undefined;
}

/** Books units as a receipt at each place. */
export async function book(
  tools: EarlierTools,
  line: SoldLine,
  { number, step, takes, reasonCode, orderId }: Booking,
  past: readonly SkuEvent[],
): Promise<void> {
  for (const { locationId, quantity } of takes) {
    const commandId = idOf(line, number, `${step} ${locationId}`);
    if (past.some((event) => event.type === 'StockAdjusted' && event.commandId === commandId)) continue;
    const at = tools.now();
    const outcome = await tools.ledger.execute(
      { tenant: line.tenant, sku: line.sku },
      {
        type: 'AdjustStock',
        at,
        commandId,
        locationId,
        delta: quantity,
        effectiveAt: at,
        reasonCode,
        reason: `given back by channel ${line.channelId}`,
        isFact: true,
        ...(orderId === undefined ? {} : { orderId }),
      },
      { actor: ACTOR },
    );
    if (outcome.kind === 'refused') throw new Error(`units cannot be given back: ${outcome.code} ${JSON.stringify(outcome.details)}`);
  }
}
