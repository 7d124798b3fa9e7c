import { openUnitsOf } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { uuidOf, type Lease, type ProcessTable } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { orderIn, transferCommandOf, transferIdOf, type ReplenishmentOrder, type ReportReplenishment } from '@holdfast/warehouse';
import type { TransfersService } from '../transfers/transfers.service.js';
import type { TransferStreams } from '../transfers/transfer-streams.js';
import { RUN_ACTOR } from './actor.js';
import type { ReplenishmentStreams, RuleRef } from './replenishment-streams.js';

type Became = ReportReplenishment['became'];

const DAY_MS = 86_400_000;

export interface ProcessParts {
  readonly streams: ReplenishmentStreams;
  readonly transfers: TransfersService;
  readonly transferStreams: TransferStreams;
  readonly ledger: SkuLedger;
  readonly table: ProcessTable;
  readonly now: () => number;
}

/**
 * Carries an order through its statuses: an approved one becomes a transfer or an announced delivery, a cancelled one ends what it became,
 * the others follow their transfer or delivery. Ids of steps derive from the order's, so that running it again leads to the same end.
 */
export class ReplenishmentProcess {
  constructor(private readonly parts: ProcessParts) {}

  /** Drives an order until it waits for people or goods. @throws ProcessBusy, LeaseLost and what a step throws */
  drive(ref: RuleRef, orderId: string): Promise<void> {
    return this.parts.table.hold({ tenant: ref.tenant, id: orderId }, (lease) => this.finish(ref, orderId, lease));
  }

  private async finish(ref: RuleRef, orderId: string, lease: Lease): Promise<void> {
    const order = orderIn((await this.parts.streams.read(ref)).state, orderId);
    if (order === undefined) return;
    switch (order.status) {
      case 'approved':
        await this.mustPlace(ref, order);
        await this.report(ref, order, lease, 'ordered');
        return this.finish(ref, orderId, lease);
      case 'ordered':
      case 'in_progress': {
        const became = await this.became(ref, order);
        if (became !== undefined && became !== order.status) await this.report(ref, order, lease, became);
        return;
      }
      case 'cancelling':
        await this.end(ref, order, lease);
        return this.report(ref, order, lease, 'cancelled');
      case 'suggested':
      case 'received':
      case 'rejected':
      case 'superseded':
      case 'cancelled':
        return;
      default:
        return order.status satisfies never;
    }
  }

  private async mustPlace(ref: RuleRef, order: ReplenishmentOrder): Promise<void> {
    const code = await this.place(ref, order);
    if (code !== undefined) throw new Error(`${order.orderId} cannot be placed and is tried again: ${code}`);
  }

  /** Creates the transfer, or announces the delivery under the order's id. A repeat changes nothing. @returns the code of a refusal */
  private async place({ tenant, sku, locationId }: RuleRef, order: ReplenishmentOrder): Promise<string | undefined> {
    const { orderId, quantity, source, leadTimeDays, approvedAt = this.parts.now() } = order;
    if (source.kind === 'transfer') {
      const request = { fromLocationId: source.locationId ?? '', toLocationId: locationId, lines: [{ sku, quantity }], reference: orderId };
      const commandId = transferCommandOf(orderId);
      const asked = { tenant, actor: RUN_ACTOR, commandId, requestHash: orderId, at: this.parts.now() };
      return refusalOf(this.parts.transfers.create(request, asked));
    }
    const expectedAt = Math.round(approvedAt + leadTimeDays * DAY_MS);
    const delivery = { type: 'DeclareInbound', reference: orderId, locationId, quantity, expectedAt } as const;
    const outcome = await this.parts.ledger.execute(
      { tenant, sku },
      { ...delivery, ...this.stamp(order, 'declare') },
      { actor: RUN_ACTOR },
    );
    return outcome.kind === 'refused' ? outcome.code : undefined;
  }

  /**
   * Ends what a cancelled order became, where nothing of it moved. An order that was not placed is placed first: a step that another
   * driver sent before it stood still finds its own command then, and changes nothing after the end. What is refused has nothing to end.
   */
  private async end(ref: RuleRef, order: ReplenishmentOrder, lease: Lease): Promise<void> {
    if (!order.placed) {
      if ((await this.place(ref, order)) !== undefined) return;
      await this.report(ref, order, lease, 'ordered');
    }
    const { tenant, sku } = ref;
    if (order.source.kind === 'transfer') {
      const transferId = transferIdOf(order.orderId);
      const { record } = await this.parts.transferStreams.read({ tenant, transferId });
      if (record.state.phase !== 'created') return;
      const commandId = uuidOf(JSON.stringify(['replenishment', order.orderId, 'cancel']));
      const asked = { tenant, actor: RUN_ACTOR, commandId, requestHash: order.orderId, at: this.parts.now() };
      await this.parts.transfers.act(transferId, { action: 'cancel' }, asked);
      return;
    }
    const inbound = (await this.parts.ledger.read({ tenant, sku })).state.supply?.inbound.get(order.orderId);
    if (inbound === undefined || inbound.received > 0) return;
    const command = { type: 'CancelInbound', reference: order.orderId, ...this.stamp(order, 'cancel') } as const;
    await this.parts.ledger.execute({ tenant, sku }, command, { actor: RUN_ACTOR });
  }

  /** What became of the transfer or the delivery; undefined while nothing moved. */
  private async became({ tenant, sku }: RuleRef, { orderId, source }: ReplenishmentOrder): Promise<Became | undefined> {
    if (source.kind === 'transfer') {
      const { record } = await this.parts.transferStreams.read({ tenant, transferId: transferIdOf(orderId) });
      const { phase } = record.state;
      if (phase === 'received' || phase === 'cancelled') return phase;
      // Of a closed transfer nothing more arrives; where nothing did, the order counts as cancelled.
      if (phase === 'closed') return record.state.lines.some(({ received }) => received > 0) ? 'received' : 'cancelled';
      return phase === 'created' || phase === 'shipping' || phase === 'none' ? undefined : 'in_progress';
    }
    const inbound = (await this.parts.ledger.read({ tenant, sku })).state.supply?.inbound.get(orderId);
    if (inbound === undefined) return 'cancelled';
    if (openUnitsOf(inbound) === 0) return 'received';
    return inbound.received > 0 ? 'in_progress' : undefined;
  }

  private async report(ref: RuleRef, { orderId, source }: ReplenishmentOrder, lease: Lease, became: Became): Promise<void> {
    await lease.confirm();
    const transfer = became === 'ordered' && source.kind === 'transfer' ? { transferId: transferIdOf(orderId) } : {};
    const commandId = uuidOf(JSON.stringify(['replenishment', orderId, became]));
    const report = { type: 'ReportReplenishment', orderId, became, at: this.parts.now(), commandId, ...transfer } as const;
    const outcome = await this.parts.streams.execute(ref, report, RUN_ACTOR);
    if (outcome.kind === 'refused') throw new Error(`${orderId} cannot become ${became}: ${outcome.code}`);
  }

  private stamp({ orderId }: ReplenishmentOrder, step: string): { readonly at: number; readonly commandId: string } {
    return { at: this.parts.now(), commandId: uuidOf(JSON.stringify(['replenishment', orderId, step])) };
  }
}

/** The code of what was refused; what failed for another reason is thrown on. */
async function refusalOf(asked: Promise<unknown>): Promise<string | undefined> {
  try {
    await asked;
    return undefined;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return error.code;
    throw error;
  }
}
