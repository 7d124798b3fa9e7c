import { cloudEvent, TOPICS, type ReservationCommandMessage } from '@holdfast/contracts';
import { reservationOfOrder, servingNobody, unfitStock, type OpenReservation, type SkuEvent, type SkuState } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { Bus } from '@holdfast/messaging';
import { firstOf, placesOf, unitsOf, type LinePart } from './line-parts.js';
import { idOf, isOurs, saidTime, type SoldLine } from './sold-order.js';

/** A reservation of several SKUs was told to commit, and has not yet: look again later. */
export class CommitUnderWay extends Error {
  constructor(reservationId: string) {
    super(`reservation ${reservationId} is being committed`);
    this.name = 'CommitUnderWay';
  }
}

export interface EarlierTools {
  readonly ledger: SkuLedger;
  readonly bus: Pick<Bus, 'publish'>;
  readonly now: () => number;
}

const CONTEXT = 'channel order';

/**
 * The shop may have reserved the order, and even committed it, before the channel told of it. What it holds is committed; what it committed and
 * no line counts yet is counted for this one.
 * @returns units that left stock by it @throws CommitUnderWay
 */
export async function takeEarlier(
  tools: EarlierTools,
  line: SoldLine,
  number: number,
  units: number,
  past: readonly SkuEvent[],
): Promise<readonly LinePart[]> {
  const ref = { tenant: line.tenant, sku: line.sku };
  const { state } = await tools.ledger.read(ref);
  const reservationId = reservationOfOrder(state, line);
  const known = reservationId === undefined ? undefined : (state.reservations.get(reservationId) ?? state.ended.get(reservationId));
  if (reservationId === undefined || known === undefined) return committedBefore(line, number, past);
  if (isOurs(known.requestHash)) return [];

  const counted = uncounted(state, reservationId, line.done, units);
  const missing = units - unitsOf(counted.flatMap(({ takes }) => takes));
  const open = state.reservations.get(reservationId);
  if (open === undefined || missing === 0 || unitsOf(open.takes) === 0 || open.expiresAt <= tools.now()) return counted;
  const quantity = Math.min(missing, unitsOf(open.takes));
  if (reservationId.startsWith('ro_')) {
    if (mayNotLeave(state, line, { reservationId, quantity, at: tools.now() })) {
      await tellOrder(tools, line, number, 'release', { reservationId, quantity });
      return counted;
    }
    await tellOrder(tools, line, number, 'commit', { reservationId, quantity });
    throw new CommitUnderWay(reservationId);
  }
  return [...counted, ...(await commitHeld(tools, line, number, open, quantity))];
}

/**
 * Its commit would be refused, and again until it expires: the units are taken as if nothing were held for the order. What it holds is released: it would be
 * kept out beside them, and leave once more where somebody commits it later.
 */
function mayNotLeave(
  state: SkuState,
  { sources }: SoldLine,
  { at, ...wanted }: { readonly reservationId: string; readonly quantity: number; readonly at: number },
): boolean {
  const command = { type: 'CommitReservation', at, commandId: 'looked at', ...wanted } as const;
  return unfitStock(state, command, servingNobody(sources)) !== undefined;
}

/** What was committed here before this process went on with it, where the SKU's state has forgotten the reservation since. */
const committedBefore = (line: SoldLine, number: number, past: readonly SkuEvent[]): readonly LinePart[] =>
  past.flatMap((event) =>
    event.type === 'ReservationCommitted' && event.commitId === idOf(line, number, 'commit of the hold')
      ? [{ kind: 'commit', reservationId: event.reservationId, commitId: event.commitId, takes: event.takes }]
      : [],
  );

/** Units that were committed and that no line of the order counts, at most so many. */
function uncounted(
  state: SkuState,
  reservationId: string,
  done: readonly LinePart[],
  units: number,
): Extract<LinePart, { kind: 'commit' }>[] {
  const commits = (state.reservations.get(reservationId) ?? state.ended.get(reservationId))?.commits ?? [];
  const found: Extract<LinePart, { kind: 'commit' }>[] = [];
  let rest = units;
  for (const { commitId, takes, reversed } of commits) {
    const parts = done.filter((part) => part.kind === 'commit' && part.commitId === commitId);
    const left = reversed
      ? []
      : placesOf([
          { kind: 'commit', reservationId, commitId, takes },
          ...parts.map(({ takes: counted }) => ({ kind: 'return' as const, takes: counted })),
        ]);
    const taken = firstOf(left, rest);
    if (taken.length > 0) found.push({ kind: 'commit', reservationId, commitId, takes: taken });
    rest -= unitsOf(taken);
  }
  return found;
}

async function commitHeld(
  { ledger, now }: EarlierTools,
  line: SoldLine,
  number: number,
  { reservationId, takes }: OpenReservation,
  quantity: number,
): Promise<readonly LinePart[]> {
  const commitId = idOf(line, number, 'commit of the hold');
  const outcome = await ledger.execute(
    { tenant: line.tenant, sku: line.sku },
    { type: 'CommitReservation', at: now(), commandId: commitId, reservationId, quantity, ...saidTime(line) },
    { actor: CONTEXT },
  );
  // An overdue hold, or one that somebody released meanwhile: the units are taken as if there had been none.
  return outcome.kind === 'accepted' ? [{ kind: 'commit', reservationId, commitId, takes: firstOf(takes, quantity) }] : [];
}

/** An order over several SKUs has a process of its own, which is told over its topic. */
async function tellOrder(
  { bus, now }: EarlierTools,
  line: SoldLine,
  number: number,
  what: 'commit' | 'release',
  { reservationId, quantity }: { readonly reservationId: string; readonly quantity: number },
): Promise<void> {
  const message: ReservationCommandMessage = cloudEvent({
    id: idOf(line, number, `${what} of the order`),
    source: 'holdfast/channel-connector',
    type: `holdfast.reservation.${what}.v1`,
    at: now(),
    tenant: line.tenant,
    data: {
      reservationId,
      lines: [{ sku: line.sku, quantity }],
      ...(line.soldAt === undefined || what === 'release' ? {} : { soldAt: new Date(line.soldAt).toISOString() }),
    },
  });
  await bus.publish(TOPICS.reservationCommands.name, [{ key: `${line.tenant}|${line.orderId}`, value: JSON.stringify(message) }]);
}
