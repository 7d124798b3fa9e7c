import { arrivalBin, shipmentOf, unitsInTransit } from '@holdfast/inventory';
import type { LotAtDestination, ShortTransferLine, SkuCommand, TransferState, TransferStateLine } from '@holdfast/inventory';
import type { KnownLocations, LotCalendar, Outcome, SkuLedger } from '@holdfast/ledger';
import { uuidOf, type Lease } from '@holdfast/kit';
import type { TransferRef } from './transfer-streams.js';

/** SKUs of a transfer that are worked on at the same time. */
const AT_ONCE = 16;

export type ShortLine = ShortTransferLine;

type Refused = Extract<Outcome, { kind: 'refused' }>;

/** The steps that a transfer takes in the streams of its SKUs. Each may be repeated: what was done already is answered and not done again. */
export class SkuSteps {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly now: () => number,
    private readonly calendar: Pick<LotCalendar, 'atDestination'>,
    private readonly locations: Pick<KnownLocations, 'find'>,
  ) {}

  /** Ships every line. @returns the lines that could not be; the others are on their way then */
  async ship(ref: TransferRef, state: TransferState, lease: Lease): Promise<readonly ShortLine[]> {
    const { shipmentId, phaseSince, fromLocationId, toLocationId } = state;
    return this.each(state.lines, lease, async (line) => {
      const { sku, quantity, reservationId } = line;
      const holdId = await this.holdOf(ref, state, line);
      const held = reservationId === undefined ? {} : { reservationId };
      const route = { fromLocationId, toLocationId, quantity, ...held, ...(holdId === undefined ? {} : { holdId }) };
      const step = { type: 'ShipTransfer', transferId: shipmentId, startedAt: phaseSince, ...route } as const;
      const outcome = await this.execute(ref, sku, { ...step, ...this.stamp(ref, `ship|${shipmentId}`, sku) });
      return outcome.kind === 'accepted' ? [] : [shortLine(line, outcome)];
    });
  }

  /**
   * The hold whose units the line ships. A part of a hold that was shipped by an attempt before, and came back, is under an id of its own
   * since.
   */
  private async holdOf(ref: TransferRef, { attempts, transferId }: TransferState, line: TransferStateLine): Promise<string | undefined> {
    const { sku, quantity, holdId } = line;
    if (holdId === undefined || attempts < 2) return holdId;
    const holds = (await this.ledger.read({ tenant: ref.tenant, sku })).state.detail?.holds;
    const parts = Array.from({ length: attempts - 1 }, (_, index) => {
      const { commandId } = this.stamp(ref, `ship|${shipmentOf(transferId, index + 1)}`, sku);
      return `hold_${commandId}`;
    });
    return parts.find((part) => holds?.get(part)?.openUnits === quantity) ?? holdId;
  }

  /** Returns all units of the shipment that are in transit, and closes its id in every SKU, so that a late step ships nothing. */
  async sendBack(ref: TransferRef, state: TransferState, lease: Lease): Promise<void> {
    const { shipmentId, fromLocationId, toLocationId } = state;
    await this.each(state.lines, lease, async ({ sku }) => {
      const stamp = this.stamp(ref, `return|${shipmentId}`, sku);
      const step = { type: 'ReturnTransfer', transferId: shipmentId, fromLocationId, toLocationId } as const;
      const outcome = await this.execute(ref, sku, { ...step, ...stamp });
      if (outcome.kind === 'refused') throw unforeseen(sku, outcome);
      return [];
    });
  }

  /** Receives the lines of the receipt under way. The transfer's stream has checked that so much is on its way. */
  async receive(ref: TransferRef, state: TransferState, lease: Lease): Promise<void> {
    const { shipmentId, running, toLocationId } = state;
    if (running === undefined) return;
    const { receiptId, lines, receivedBy } = running;
    const by = receivedBy === undefined ? {} : { receivedBy };
    const bin = arrivalBin(await this.locations.find(ref.tenant, toLocationId));
    const into = bin === undefined ? {} : { arrivalBin: bin };
    await this.each(lines, lease, async ({ sku, ...arrived }) => {
      const lots = await this.lotsAt(ref, sku, shipmentId, toLocationId);
      const step = {
        type: 'ReceiveTransfer',
        transferId: shipmentId,
        receiptId,
        toLocationId,
        ...arrived,
        ...lots,
        ...into,
        ...by,
      } as const;
      const outcome = await this.execute(ref, sku, { ...step, ...this.stamp(ref, `receive|${receiptId}`, sku) });
      // A SKU knows every receipt of a transfer under way; it has forgotten only a transfer of which nothing was left after this very receipt.
      if (outcome.kind === 'refused' && outcome.code !== 'unknown_transfer') throw unforeseen(sku, outcome);
      return [];
    });
  }

  /** From when the lots on their way are expired at the destination: its midnight is another than that of the source. */
  private async lotsAt(
    { tenant }: TransferRef,
    sku: string,
    shipmentId: string,
    toLocationId: string,
  ): Promise<{ readonly lots?: readonly LotAtDestination[] }> {
    const { state } = await this.ledger.read({ tenant, sku });
    const onTheirWay = state.inTransit.get(shipmentId)?.lots ?? [];
    const lots = await this.calendar.atDestination(
      tenant,
      toLocationId,
      state,
      onTheirWay.map(({ lotId }) => lotId),
    );
    return lots.length === 0 ? {} : { lots };
  }

  /** Counts all units of the shipment that are in transit as lost. */
  async close(ref: TransferRef, state: TransferState, lease: Lease): Promise<void> {
    const { shipmentId, closed } = state;
    if (closed === undefined) return;
    await this.each(
      state.lines.filter((line) => unitsInTransit(line) > 0),
      lease,
      async ({ sku }) => {
        const step = { type: 'CloseTransfer', transferId: shipmentId, ...closed } as const;
        const outcome = await this.execute(ref, sku, { ...step, ...this.stamp(ref, `close|${shipmentId}`, sku) });
        // A SKU has forgotten only a transfer of which nothing was left after this very step.
        if (outcome.kind === 'refused' && outcome.code !== 'unknown_transfer') throw unforeseen(sku, outcome);
        return [];
      },
    );
  }

  private execute({ tenant, transferId }: TransferRef, sku: string, command: SkuCommand): Promise<Outcome> {
    return this.ledger.execute({ tenant, sku }, command, { correlationId: transferId });
  }

  private stamp(ref: TransferRef, step: string, sku: string): { readonly at: number; readonly commandId: string } {
    return { at: this.now(), commandId: uuidOf(JSON.stringify(['transfer', ref.tenant, ref.transferId, step, sku])) };
  }

  private async each<Line, Result>(
    lines: readonly Line[],
    lease: Lease,
    work: (line: Line) => Promise<readonly Result[]>,
  ): Promise<readonly Result[]> {
    const results: Result[] = [];
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      lease.check();
      const settled = await Promise.allSettled(lines.slice(from, from + AT_ONCE).map(work));
      for (const one of settled) {
        if (one.status === 'rejected') throw one.reason;
        results.push(...one.value);
      }
    }
    return results;
  }
}

const availableOf = ({ details }: Refused): number => (typeof details['available'] === 'number' ? details['available'] : 0);

const shortLine = ({ sku, quantity }: TransferStateLine, outcome: Refused): ShortLine => ({
  sku,
  requested: quantity,
  available: availableOf(outcome),
  ...(outcome.code === 'insufficient_stock' ? {} : { code: outcome.code }),
});

const unforeseen = (sku: string, { code }: Refused): Error =>
  new Error(`SKU ${sku} refused a step of a transfer that its stream allowed: ${code}`);
