import type { EventStore } from '@holdfast/event-store';
import { findSourcePolicy } from '@holdfast/inventory';
import type { LocationDirectory } from '@holdfast/ledger';
import { isIdentifier, uuidOf, type BackOff } from '@holdfast/kit';
import type { Pool } from 'pg';
import { keyOf } from '../accounts/channel-ref.js';
import type { TenantChannels } from '../channels/tenant-channels.js';
import type { MappedLocation } from '../providers/provider.js';
import { CommitUnderWay, type EarlierTools } from './earlier-reservation.js';
import { arrivedSince, coverSold, freePlaces } from './covering.js';
import { giveBack } from './giving-back.js';
import { unitsOut, unitsUncovered, type Intent, type LinePart } from './line-parts.js';
import { lineStatus, orderStatus, type OrderStatus } from './line-status.js';
import type { OrderRef, StoredLine } from './order-line.js';
import { linesOf, orderedAt, postponeOrder, settleOrder, storeArrived, storeIntent, storeLineStatus, storeParts } from './order-table.js';
import type { OversellAlerts } from './oversell-alert.js';
import { compareOrdered } from '../reconcile/explained-by-orders.js';
import { eventsSince } from './past-events.js';
import { soldTime, type SoldLine } from './sold-order.js';
import { takeSold, uncoveredAt } from './taking.js';

export interface OrderWorkParts extends EarlierTools {
  readonly pool: Pool;
  readonly eventStore: EventStore;
  readonly locations: Pick<LocationDirectory, 'list'>;
  readonly channels: Pick<TenantChannels, 'read'>;
  readonly alerts: OversellAlerts;
  readonly backOff: BackOff;
  readonly onFault: (order: OrderRef, error: unknown) => void;
}

type MappedLine = StoredLine & { readonly sku: string };

const OTHERS = 'another process works on this order';

/** Brings stock to what the lines of an order say: takes what is sold and not taken yet, gives back what is not sold any more. */
export class OrderWork {
  /** Intents that this process wrote down itself: nothing happened to their SKU before. */
  private readonly fresh = new Set<string>();

  constructor(private readonly parts: OrderWorkParts) {}

  /** @param places what the channel calls our locations. Never rejects for one order: a fault is written down, and it is tried again later. */
  async carryOut(order: OrderRef, places: readonly MappedLocation[]): Promise<void> {
    const { pool, backOff, onFault } = this.parts;
    const begun = await this.databaseTime();
    const lines = await linesOf(pool, order);
    const statuses: OrderStatus[] = lines.map(({ status }) => status);
    try {
      for (const [index, line] of lines.entries()) statuses[index] = await this.lineDone(order, line, places);
      await settleOrder(pool, order, orderStatus(statuses), begun);
      await compareOrdered(pool, order);
    } catch (error) {
      if (!(error instanceof CommitUnderWay)) onFault(order, error);
      const fault = error instanceof Error ? error.message : 'it failed';
      await postponeOrder(pool, order, { status: orderStatus(statuses), fault, backOff });
    }
  }

  /** Looks again for units of a line that were sold and not there. Called by the process that works on the channel's orders. */
  async takeAgain(order: OrderRef, line: StoredLine, places: readonly MappedLocation[]): Promise<void> {
    if (line.sku !== null && line.intent === null) await this.coverBegun(order, { ...line, sku: line.sku }, places);
    await this.carryOut(order, places);
  }

  private async coverBegun(order: OrderRef, line: MappedLine, places: readonly MappedLocation[]): Promise<void> {
    const { pool, ledger, now } = this.parts;
    const { state } = await ledger.read({ tenant: order.tenant, sku: line.sku });
    const covered = arrivedSince(state, line.parts);
    const parts: readonly LinePart[] = covered.length === 0 ? line.parts : [...line.parts, { kind: 'cover', takes: [], covered }];
    if (covered.length > 0 && !(await storeArrived(pool, order, line, parts))) throw new Error(OTHERS);
    const units = unitsUncovered(parts);
    if (units > 0 && freePlaces(state, locationsOf(line, places), now()).length > 0)
      await this.begun(order, { ...line, parts }, { units, covers: true });
  }

  private async databaseTime(): Promise<Date> {
    const { rows } = await this.parts.pool.query<{ now: Date }>('SELECT now() AS now');
    return rows[0]?.now ?? new Date(0);
  }

  private async lineDone(order: OrderRef, line: StoredLine, places: readonly MappedLocation[]): Promise<OrderStatus> {
    const { pool } = this.parts;
    const sku = line.sku ?? line.mappedSku;
    const sold = line.ordered - line.cancelled - line.restocked;
    const parts = sku === null ? line.parts : await this.untilDone(order, { ...line, sku }, sold, places);
    const uncovered = unitsUncovered(parts);
    const wasUncovered = line.status === 'uncovered' && parts.some((part) => part.kind === 'sale' && part.uncovered > 0);
    const isUnmapped = sku === null && sold > 0;
    const status = lineStatus(line, !isUnmapped && uncovered === 0);
    const says = status === 'uncovered' ? wordsFor(line, isUnmapped, uncovered) : null;
    if (wasUncovered && uncovered === 0 && sku !== null) await this.tellCovered(order, { ...line, sku }, parts);
    if (status !== line.status || says !== line.says) await storeLineStatus(pool, order, { ...line, status, says });
    return status;
  }

  private async tellCovered(order: OrderRef, line: MappedLine, parts: readonly LinePart[]): Promise<void> {
    const { alerts, ledger } = this.parts;
    const { state } = await ledger.read({ tenant: order.tenant, sku: line.sku });
    const locationId = parts.find(({ kind }) => kind === 'sale')?.takes[0]?.locationId ?? '';
    await alerts.recovered(order, line, parts.length, uncoveredAt(state, locationId, 0));
  }

  /** Goes on with what was begun, then does what is missing. @returns all that was done for the line */
  private async untilDone(
    order: OrderRef,
    stored: MappedLine,
    sold: number,
    places: readonly MappedLocation[],
  ): Promise<readonly LinePart[]> {
    const { pool } = this.parts;
    let line = stored;
    for (;;) {
      if (line.intent === null) {
        const units = sold - unitsOut(line.parts);
        if (units === 0) return line.parts;
        line = await this.begun(order, line, { units });
      }
      const key = `${keyOf(order)} ${order.orderId} ${line.lineId} ${String(line.intent?.number)}`;
      const done = [...line.parts, ...(await this.carried(order, line, places, !this.fresh.has(key)))];
      if (!(await storeParts(pool, order, line, done))) throw new Error(OTHERS);
      this.fresh.delete(key);
      line = { ...line, parts: done, intent: null };
    }
  }

  private async begun(order: OrderRef, line: MappedLine, step: Pick<Intent, 'units' | 'covers'>): Promise<MappedLine> {
    const { revision } = await this.parts.ledger.read({ tenant: order.tenant, sku: line.sku });
    const next = { ...line, intent: { number: line.parts.length, sku: line.sku, revision, ...step } };
    if (!(await storeIntent(this.parts.pool, order, next))) throw new Error(OTHERS);
    this.fresh.add(`${keyOf(order)} ${order.orderId} ${line.lineId} ${String(next.intent.number)}`);
    return next;
  }

  private async carried(
    order: OrderRef,
    line: MappedLine,
    places: readonly MappedLocation[],
    isResumed: boolean,
  ): Promise<readonly LinePart[]> {
    const { intent } = line;
    if (intent === null) return [];
    const { eventStore, alerts } = this.parts;
    const past = isResumed ? await eventsSince(eventStore, { tenant: order.tenant, sku: intent.sku }, intent.revision) : [];
    const sold = await this.soldLine(order, line, places);
    if (intent.covers === true) return coverSold(this.parts, sold, { ...intent, parts: line.parts }, past);
    if (intent.units < 0) {
      const reasonCode = line.restocked > 0 ? 'channel_return' : 'channel_cancel';
      return giveBack(this.parts, sold, { number: intent.number, units: -intent.units, parts: line.parts, reasonCode }, past);
    }
    const { parts, uncovered } = await takeSold(this.parts, sold, intent, past);
    for (const one of uncovered) await alerts.tell(order, line, intent.number, one);
    return parts;
  }

  private async soldLine(order: OrderRef, line: MappedLine, places: readonly MappedLocation[]): Promise<SoldLine> {
    const { pool, locations, channels, now } = this.parts;
    const [{ channels: known }, all, at] = await Promise.all([channels.read(order.tenant), linesOf(pool, order), orderedAt(pool, order)]);
    const rule = known.get(order.channelId)?.sourcePolicy;
    return {
      tenant: order.tenant,
      channelId: order.channelId,
      // A vendor's id may have characters that ours must not have.
      orderId: isIdentifier(order.orderId) ? order.orderId : uuidOf(order.orderId),
      lineId: line.lineId,
      sku: line.sku,
      locationIds: locationsOf(line, places),
      sources: locations.list(order.tenant),
      sourceRule: rule !== undefined && findSourcePolicy(rule.name) !== undefined ? rule : undefined,
      done: all.flatMap(({ parts }) => parts),
      ...soldTime(at, now()),
    };
  }
}

/** Our locations that the line names; none where it names none. */
const locationsOf = ({ remoteId }: StoredLine, places: readonly MappedLocation[]): readonly string[] =>
  places.filter((place) => place.remoteId === remoteId).map(({ locationId }) => locationId);

function wordsFor({ listingId, status, says }: StoredLine, isUnmapped: boolean, uncovered: number): string | null {
  if (isUnmapped) return `no SKU is mapped to listing ${listingId}: it is taken from stock once one is`;
  return uncovered > 0 ? `${String(uncovered)} of the units were sold and not there` : status === 'uncovered' ? says : null;
}
