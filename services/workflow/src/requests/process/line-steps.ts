import { uuidOf, type Lease } from '@holdfast/kit';
import type { SkuCommand, SkuState } from '@holdfast/inventory';
import type { Outcome, SkuLedger } from '@holdfast/ledger';
import {
  lineReservation,
  type LineReservation,
  type RequestLine,
  type RequestState,
  type ShippedLine,
  type ShortRequestLine,
} from '@holdfast/warehouse';
import type { RequestRef } from './request-streams.js';
import { totalOf } from './units.js';

/** Lines of a request that are worked on at the same time. */
const AT_ONCE = 16;

/** How long units of an approval that is under way are held before all are: a step that comes late, after its attempt was given up, holds them no longer. */
const SETTLE_MS = 600_000;
/** The ledger holds units for at most a year and a day. */
const LONGEST_MS = 366 * 86_400_000;

type Approval = Extract<NonNullable<RequestState['running']>, { kind: 'approval' }>;
type Refused = Extract<Outcome, { kind: 'refused' }>;

export interface WantedLine extends ShippedLine {
  readonly sku: string;
}

export interface Reserved {
  readonly reservations: readonly LineReservation[];
  readonly short: readonly ShortRequestLine[];
}

/** The steps that a request takes in the streams of its SKUs. Each may be repeated: what was done already is answered and not done again. */
export class LineSteps {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly now: () => number,
  ) {}

  /** Holds the units of the approval for a short time. @returns the lines that are short; the others are held */
  async reserve(ref: RequestRef, state: RequestState, approval: Approval, lease: Lease): Promise<Reserved> {
    const answers = await this.each(wantedOf(state, approval.lines), lease, async ({ lineId, sku, quantity }) => {
      const at = this.now();
      const reservationId = lineReservation(approval.approvalId, lineId);
      const outcome = await this.execute(ref, sku, {
        type: 'PlaceReservation',
        ...this.stamp(ref, `reserve|${approval.approvalId}`, sku),
        reservationId,
        // What an ERP posts for the request names the request, whichever attempt reserved for it.
        orderId: ref.requestId,
        sold: true,
        quantity,
        ttlMs: Math.max(1, Math.min(SETTLE_MS, approval.expiresAt - at)),
        requestHash: reservationId,
        locationId: state.fromLocationId,
        sources: [],
        ...(approval.partial ? { partial: true, backorder: true } : {}),
      });
      if (outcome.kind === 'refused') return { lineId, short: shortLine({ lineId, sku, quantity }, outcome) };
      const held = reservationOf(outcome.state, reservationId);
      return held === undefined
        ? { lineId, short: { lineId, sku, requested: quantity, available: 0, code: 'reservation_expired' } }
        : { lineId, ...held };
    });
    const missed = answers.flatMap((answer) => ('short' in answer ? [answer.short] : []));
    const isPartly = approval.partial && missed.every(({ code }) => code === 'insufficient_stock') && missed.length < answers.length;
    return {
      reservations: answers.map((answer) =>
        'short' in answer ? { lineId: answer.lineId, reserved: 0, waiting: 0 } : { lineId: answer.lineId, ...totals(answer) },
      ),
      short: isPartly ? [] : missed,
    };
  }

  /** Holds what is reserved until the end that was decided. @returns the lines whose hold has ended meanwhile */
  async extend(ref: RequestRef, state: RequestState, approval: Approval, lease: Lease): Promise<readonly ShortRequestLine[]> {
    const answers = await this.each(wantedOf(state, approval.lines), lease, async ({ lineId, sku, quantity }) => {
      const stamp = this.stamp(ref, `extend|${approval.approvalId}`, sku);
      const reservationId = lineReservation(approval.approvalId, lineId);
      const ttlMs = Math.max(1, Math.min(LONGEST_MS, approval.expiresAt - stamp.at));
      const outcome = await this.execute(ref, sku, { type: 'ExtendReservation', ...stamp, reservationId, ttlMs });
      if (outcome.kind === 'accepted' || outcome.code === 'unknown_reservation') return [];
      return [{ lineId, sku, requested: quantity, available: 0, code: outcome.code }];
    });
    return answers.flat();
  }

  /** Frees what the reservations hold; one that has ended already, or was never placed, is as it should be. */
  async release(ref: RequestRef, lines: readonly Pick<RequestLine, 'sku' | 'reservationId'>[], lease: Lease): Promise<void> {
    const reserved = lines.filter(({ reservationId }) => reservationId !== '');
    await this.each(reserved, lease, ({ sku, reservationId }) =>
      this.execute(ref, sku, { type: 'ReleaseReservation', ...this.stamp(ref, `release|${reservationId}`, sku), reservationId }),
    );
  }

  /** Uses up reserved units of a request without a destination. @returns what left, and the lines that did not */
  async consume(ref: RequestRef, state: RequestState, shipmentId: string, lines: readonly ShippedLine[], lease: Lease) {
    const answers = await this.each(wantedOf(state, lines), lease, async (line) => {
      const reservationId = reservationIn(state, line.lineId);
      const stamp = this.stamp(ref, `consume|${shipmentId}`, line.sku);
      const outcome = await this.execute(ref, line.sku, { type: 'CommitReservation', ...stamp, reservationId, quantity: line.quantity });
      return outcome.kind === 'accepted' ? { left: line } : { short: shortLine(line, outcome) };
    });
    return {
      shipped: answers.flatMap(({ left }) => (left === undefined ? [] : [{ lineId: left.lineId, quantity: left.quantity }])),
      short: answers.flatMap(({ short }) => (short === undefined ? [] : [short])),
    };
  }

  /**
   * Lines that cannot be used up now, so that none is; none once a line was used up by this shipment, as its others must follow. What an ERP
   * lowered below the promises is used up all the same, unless units are held.
   */
  async notConsumable(
    ref: RequestRef,
    state: RequestState,
    shipmentId: string,
    lines: readonly ShippedLine[],
    lease: Lease,
  ): Promise<readonly ShortRequestLine[]> {
    const answers = await this.each(wantedOf(state, lines), lease, async ({ lineId, sku, quantity }) => {
      const { state: stock } = await this.ledger.read({ tenant: ref.tenant, sku });
      const reservationId = reservationIn(state, lineId);
      const { commandId } = this.stamp(ref, `consume|${shipmentId}`, sku);
      const { commits = [] } = stock.reservations.get(reservationId) ?? stock.ended.get(reservationId) ?? {};
      const isUsed = commits.some(({ commitId }) => commitId === commandId);
      const reserved = this.living(stock, reservationId)?.held ?? 0;
      const { onHand = 0, held = 0 } = stock.balances.get(state.fromLocationId) ?? {};
      const available = held > 0 ? Math.min(reserved, Math.max(0, onHand - held)) : reserved;
      const code = reserved >= quantity ? 'stock_held' : 'insufficient_stock';
      return { isUsed, missing: available >= quantity ? [] : [{ lineId, sku, requested: quantity, available, code }] };
    });
    return answers.some(({ isUsed }) => isUsed) ? [] : answers.flatMap(({ missing }) => missing);
  }

  /** Lines whose reservation does not hold so many units at the source now, or whose units do not lie there. */
  async notShippable(
    ref: RequestRef,
    state: RequestState,
    lines: readonly ShippedLine[],
    lease: Lease,
  ): Promise<readonly ShortRequestLine[]> {
    const answers = await this.each(wantedOf(state, lines), lease, async ({ lineId, sku, quantity }) => {
      const { state: stock } = await this.ledger.read({ tenant: ref.tenant, sku });
      const reservationId = reservationIn(state, lineId);
      const reserved = this.living(stock, reservationId)?.held ?? 0;
      const { onHand = 0, held = 0 } = stock.balances.get(state.fromLocationId) ?? {};
      const available = Math.min(reserved, Math.max(0, onHand - held));
      const code = held > 0 && reserved >= quantity ? 'stock_held' : 'insufficient_stock';
      return available >= quantity ? [] : [{ lineId, sku, requested: quantity, available, code }];
    });
    return answers.flat();
  }

  /** What the reservations of the lines hold now. */
  async current(ref: RequestRef, state: RequestState, lease: Lease): Promise<readonly LineReservation[]> {
    const reserved = state.lines.filter(({ reservationId, reserved: units, waiting }) => reservationId !== '' && units + waiting > 0);
    return this.each(reserved, lease, async ({ lineId, sku, reservationId }) => {
      const { state: stock } = await this.ledger.read({ tenant: ref.tenant, sku });
      return { lineId, ...totals(this.living(stock, reservationId) ?? { held: 0, waits: 0 }) };
    });
  }

  private living(stock: SkuState, reservationId: string): Held | undefined {
    const known = stock.reservations.get(reservationId);
    return known === undefined || known.expiresAt <= this.now() ? undefined : reservationOf(stock, reservationId);
  }

  private execute({ tenant, requestId }: RequestRef, sku: string, command: SkuCommand): Promise<Outcome> {
    return this.ledger.execute({ tenant, sku }, command, { correlationId: requestId });
  }

  private stamp(ref: RequestRef, step: string, sku: string): { readonly at: number; readonly commandId: string } {
    return { at: this.now(), commandId: uuidOf(JSON.stringify(['request', ref.tenant, ref.requestId, step, sku])) };
  }

  private async each<Line, Result>(
    lines: readonly Line[],
    lease: Lease,
    work: (line: Line) => Promise<Result>,
  ): Promise<readonly Result[]> {
    const results: Result[] = [];
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      lease.check();
      const settled = await Promise.allSettled(lines.slice(from, from + AT_ONCE).map(work));
      for (const one of settled) {
        if (one.status === 'rejected') throw one.reason;
        results.push(one.value);
      }
    }
    return results;
  }
}

interface Held {
  readonly held: number;
  readonly waits: number;
}

const totals = ({ held, waits }: Held) => ({ reserved: held, waiting: waits });

function reservationOf(stock: SkuState, reservationId: string): Held | undefined {
  const known = stock.reservations.get(reservationId);
  return known === undefined ? undefined : { held: totalOf(known.takes), waits: known.waiting?.units ?? 0 };
}

const reservationIn = ({ lines }: RequestState, lineId: string): string =>
  lines.find((line) => line.lineId === lineId)?.reservationId ?? '';

/** The lines with their SKUs, those without units left out. */
const wantedOf = ({ lines }: RequestState, wanted: readonly ShippedLine[]): readonly WantedLine[] => {
  const skus = new Map(lines.map(({ lineId, sku }) => [lineId, sku]));
  return wanted.filter(({ quantity }) => quantity > 0).map((line) => ({ ...line, sku: skus.get(line.lineId) ?? '' }));
};

const shortLine = ({ lineId, sku, quantity }: WantedLine, { code, details }: Refused): ShortRequestLine => ({
  lineId,
  sku,
  requested: quantity,
  available: typeof details['available'] === 'number' ? details['available'] : 0,
  code,
});
