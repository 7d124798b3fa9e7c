import type { Position } from '@holdfast/event-store';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { type Page, paginationOf, Problem, unknownSkus } from '@holdfast/platform';
import { orderIn, replenishmentId, stockFigures, visibleOrders, type ReplenishmentCommand } from '@holdfast/warehouse';
import type { DailyUseTable } from '../daily-use/daily-use-table.js';
import { skuNamed } from '../adjustments/subject.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { Order } from '../transfers/transfers.service.js';
import type { ReplenishmentListPosition } from './replenishment-list-position.js';
import type { ReplenishmentProcess } from './replenishment-process.js';
import { replenishmentProblem } from './replenishment-refusals.js';
import type { ReplenishmentStreams, RuleRef } from './replenishment-streams.js';
import { orderView, sourceOf } from './replenishment-view.js';
import type { ReplenishmentQuery, ReplenishmentRequest, ReplenishmentsView, ReplenishmentView } from './replenishment.dto.js';
import type { ReadRequestUnits } from './runs/request-units.js';
import type { RuleTable } from './rules/rule-table.js';

export interface Answer {
  readonly view: ReplenishmentView;
  readonly position: Position;
  /** Whether the call began the order. */
  readonly isNew: boolean;
}

export interface ReplenishmentParts {
  readonly streams: ReplenishmentStreams;
  readonly process: ReplenishmentProcess;
  readonly table: RuleTable;
  readonly use: DailyUseTable;
  readonly requests: ReadRequestUnits;
  readonly ledger: SkuLedger;
  readonly locations: KnownLocations;
  readonly listed: ReplenishmentListPosition;
  readonly onFault: (error: unknown) => void;
}

/** Orders of replenishment. */
export class ReplenishmentService {
  constructor(private readonly parts: ReplenishmentParts) {}

  async page(tenant: string, query: ReplenishmentQuery, page: Page): Promise<ReplenishmentsView> {
    const { rows, total } = await this.parts.table.orderPage(tenant, query, page);
    return { replenishments: rows.map((row) => orderView(row, row.order)), pagination: paginationOf(page, total) };
  }

  /** @throws Problem 400 for a request that is neither a new order nor an action, 404, 409, 412 for what cannot be */
  write(request: ReplenishmentRequest, asked: Order): Promise<Answer> {
    const { id, action, locationId, quantity } = request;
    if (id === undefined && action === undefined) {
      const isNamed = request.sku !== undefined || request.productMasterId !== undefined;
      if (!isNamed || locationId === undefined || quantity === undefined) {
        const missing = (['locationId', 'quantity'] as const).filter((field) => request[field] === undefined);
        throw badRequest(isNamed ? missing : ['sku', ...missing], 'is needed by a new order; to act on an order send id and action');
      }
      return this.begin({ tenant: asked.tenant, sku: skuNamed(request), locationId }, quantity, request, asked);
    }
    if (id === undefined || action === undefined) throw badRequest([id === undefined ? 'id' : 'action'], 'is needed to act on an order');
    const surplus = (['sku', 'productMasterId', 'locationId', 'source'] as const).filter((field) => request[field] !== undefined);
    if (surplus.length > 0) throw badRequest(surplus, 'is for a new order only');
    if (action !== 'approve' && quantity !== undefined) throw badRequest(['quantity'], 'is for approve only');
    return this.act(id, action, request, asked);
  }

  private async begin(ref: RuleRef, quantity: number, request: ReplenishmentRequest, asked: Order): Promise<Answer> {
    const { streams, ledger, use, requests, locations } = this.parts;
    const { tenant, actor, commandId, requestHash, at } = asked;
    const source = request.source === undefined ? undefined : sourceOf(request.source);
    await mustKnowLocation(locations, tenant, 'locationId', ref.locationId);
    if (source?.locationId !== undefined) await mustKnowLocation(locations, tenant, 'source.locationId', source.locationId);
    const [useOf, requestsOf] = await Promise.all([use.of(tenant, [ref], at), requests(tenant, [ref.sku])]);
    const { state } = await streams.read(ref);
    const { state: stock } = await ledger.read(ref);
    if (!stock.known) throw unknownSkus([ref.sku]);
    const orderId = replenishmentId(commandId);
    const outcome = await streams.execute(
      ref,
      {
        type: 'RequestReplenishment',
        ...{ sku: ref.sku, locationId: ref.locationId, orderId, quantity, by: actor, requestHash, at, commandId },
        stock: stockFigures(stock, ref.locationId, [ref.locationId]),
        requests: requestsOf(ref.sku, ref.locationId),
        use: useOf(ref),
        visibleOrderIds: visibleOrders(state, stock),
        ...(source === undefined ? {} : { source }),
      },
      actor,
    );
    if (outcome.kind === 'refused') throw replenishmentProblem(outcome);
    return { ...(await this.driven(ref, orderId)), isNew: true };
  }

  private async act(
    orderId: string,
    action: NonNullable<ReplenishmentRequest['action']>,
    request: ReplenishmentRequest,
    asked: Order,
  ): Promise<Answer> {
    const ref = await this.placeOf(asked.tenant, orderId);
    const outcome = await this.parts.streams.execute(ref, commandOf(orderId, action, request, asked), asked.actor);
    if (outcome.kind === 'refused') throw replenishmentProblem(outcome);
    return { ...(await this.driven(ref, orderId)), isNew: false };
  }

  /** The order after it was driven. What cannot be driven now is driven by the watchdog. */
  private async driven(ref: RuleRef, orderId: string): Promise<Omit<Answer, 'isNew'>> {
    await this.parts.process.drive(ref, orderId).catch(this.parts.onFault);
    const { state, position } = await this.parts.streams.read(ref);
    const order = orderIn(state, orderId);
    if (order === undefined) throw replenishmentProblem({ code: 'unknown_replenishment', details: { id: orderId } });
    return { view: orderView(ref, order), position };
  }

  /**
   * An order that the list does not know is looked for again once the list reflects all that is stored.
   * @throws Problem 404 `unknown_replenishment`, 412 `position_not_reached` where the list is too far behind to say so
   */
  private async placeOf(tenant: string, orderId: string): Promise<RuleRef> {
    const { table, listed } = this.parts;
    const known = await table.placeOf(tenant, orderId);
    if (known !== undefined) return known;
    await listed.mustCatchUp();
    const found = await table.placeOf(tenant, orderId);
    if (found === undefined) throw replenishmentProblem({ code: 'unknown_replenishment', details: { id: orderId } });
    return found;
  }
}

function commandOf(
  orderId: string,
  action: NonNullable<ReplenishmentRequest['action']>,
  { quantity, reason, expectedVersion }: ReplenishmentRequest,
  { actor, at, commandId }: Order,
): ReplenishmentCommand {
  const command = {
    ...{ orderId, by: actor, at, commandId },
    ...(reason === undefined ? {} : { reason }),
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  };
  switch (action) {
    case 'approve':
      return { type: 'ApproveReplenishment', ...command, ...(quantity === undefined ? {} : { quantity }) };
    case 'reject':
      return { type: 'RejectReplenishment', ...command };
    case 'cancel':
      return { type: 'CancelReplenishment', ...command };
    default:
      return action satisfies never;
  }
}

const badRequest = (fields: readonly string[], message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: fields.map((field) => ({ field, message })) });
