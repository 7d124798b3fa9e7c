import { availableUnits, reservationOfOrder } from '@holdfast/inventory';
import type { Clock } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { IsChannelId, IsLocationId, IsOneOf, IsOrderId, IsQuantity, IsSku, IsTime, parseTime } from '@holdfast/platform';
import type { CsvLine } from '../../csv/csv-table.js';
import type { TenantLocations } from '../../locations/tenant-locations.js';
import type { OrderHolds } from '../../orders/order-holds.js';
import { ORDER_STATES, type OrderLine, type OrderLineKey, type OrderLines, type OrderState } from '../../orders/order-lines.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Former, LineFault } from '../import-kind.js';
import type { DescribedThings, Removal, Standing } from './described-things.js';
import { DescriptionLines } from './description-lines.js';
import { unknownLocation } from './unknown-location.js';

type Cells = CsvLine['value'];

/** A line of an order: units of one SKU. */
class OrderLineRow {
  @IsOrderId()
  readonly orderId!: string;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsSku()
  readonly sku!: string;

  @IsQuantity({ description: 'Units ordered' })
  readonly quantity!: number;

  @IsOneOf(ORDER_STATES)
  readonly state!: OrderState;

  @IsTime({ description: 'When the customer ordered' })
  readonly orderedAt!: string;

  @IsLocationId({ optional: true })
  readonly locationId?: string;
}

export interface OrderParts {
  readonly lines: OrderLines;
  readonly holds: OrderHolds;
  readonly ledger: Pick<SkuLedger, 'read'>;
  readonly locations: TenantLocations;
  readonly clock: Clock;
}

const keyOf = (tenant: string, { orderId, channelId = '', sku }: Cells): OrderLineKey => ({
  tenant,
  orderId: String(orderId),
  channelId: String(channelId),
  sku: String(sku),
});

/** Lines of orders, by order, channel and SKU. Open ones hold their units. */
class Orders implements DescribedThings {
  readonly keys = ['orderId', 'channelId', 'sku'] as const;
  readonly emptiable: ReadonlySet<string> = new Set(['locationId']);
  readonly removal: Removal = {
    faultOf: (tenant, cells) => this.removalFault(tenant, cells),
    remove: (asker, cells, commandId) => this.remove(asker, cells, commandId),
  };

  constructor(private readonly parts: OrderParts) {}

  async read(tenant: string, cells: Cells): Promise<Standing> {
    const line = await this.parts.lines.find(keyOf(tenant, cells));
    if (line === undefined) return { exists: false, values: {} };
    const { quantity, state, locationId, orderedAt } = line;
    // The same time may be written in other ways.
    const written = String(cells['orderedAt']);
    const values = { quantity, state, orderedAt: parseTime(written) === orderedAt.getTime() ? written : orderedAt.toISOString() };
    return { exists: true, values: locationId === null ? values : { ...values, locationId } };
  }

  async faultOf(tenant: string, cells: Cells, { exists, values }: Standing): Promise<LineFault | undefined> {
    const { locationId } = cells;
    if (locationId !== undefined && (await this.parts.locations.unknownOf(tenant, [String(locationId)])).size > 0)
      return unknownLocation(String(locationId));
    if (cells['state'] !== 'open') return undefined;
    if (!exists) return this.shortage(tenant, cells);
    if (values['state'] !== 'open')
      return { column: 'state', code: 'order_ended', says: `the line is ${String(values['state'])} and cannot be open again` };
    const changed = (['quantity', 'locationId'] as const).find((name) => name in cells && cells[name] !== values[name]);
    if (changed === undefined) return undefined;
    return { column: changed, code: 'order_open', says: 'the line is open and holds its units; cancel it before it changes' };
  }

  async put(asker: Asker, cells: Cells, values: Former, commandId: string): Promise<void> {
    const { lines } = this.parts;
    const key = keyOf(asker.tenant, cells);
    const before = await lines.find(key);
    const { orderedAt, state, quantity, locationId } = { ...before, ...values };
    const line: OrderLine = {
      ...key,
      orderedAt: new Date(orderedAt ?? 0),
      state: state as OrderState,
      quantity: Number(quantity),
      locationId: locationId === undefined || locationId === null ? null : String(locationId),
      reservationId: before?.reservationId ?? null,
    };
    await lines.put({ ...line, reservationId: await this.follow(asker, before?.state, line, commandId) });
  }

  /** Does to the stock what the new state of a line means. @returns what holds its units */
  private async follow(asker: Asker, before: OrderState | undefined, line: OrderLine, commandId: string): Promise<string | null> {
    const { holds } = this.parts;
    if (line.state === before) return line.reservationId;
    if (line.state === 'open') return holds.place(asker, line, commandId);
    if (before === 'open') await (line.state === 'shipped' ? holds.commit(asker, line, commandId) : holds.release(asker, line, commandId));
    return null;
  }

  private async removalFault(tenant: string, cells: Cells): Promise<LineFault | undefined> {
    const line = await this.parts.lines.find(keyOf(tenant, cells));
    const fault = line?.state === 'open' ? await this.parts.holds.releaseFault(line) : undefined;
    return fault === undefined ? undefined : { column: 'state', ...fault };
  }

  private async remove(asker: Asker, cells: Cells, commandId: string): Promise<void> {
    const { lines, holds } = this.parts;
    const line = await lines.find(keyOf(asker.tenant, cells));
    if (line === undefined) return;
    if (line.state === 'open') await holds.release(asker, line, commandId);
    await lines.remove(line);
  }

  /** What a dry run can tell of a line that would hold units; the hold itself decides. */
  private async shortage(tenant: string, cells: Cells): Promise<LineFault | undefined> {
    const { orderId, channelId, sku, quantity, locationId } = cells;
    const { state } = await this.parts.ledger.read({ tenant, sku: String(sku) });
    if (!state.known) return { column: 'sku', code: 'unknown_sku', says: 'there is no such SKU; import its stock first' };
    const order = { orderId: String(orderId), ...(channelId === undefined ? {} : { channelId: String(channelId) }) };
    if (reservationOfOrder(state, order) !== undefined) return undefined;
    const at = this.parts.clock.now();
    const places = locationId === undefined ? [...state.balances].map(([id]) => id) : [String(locationId)];
    const free = places.reduce((sum, id) => sum + availableUnits(state, id, at), 0);
    if (free >= Number(quantity)) return undefined;
    return { column: 'quantity', code: 'insufficient_stock', says: `only ${String(free)} of the units are free` };
  }
}

/** Order files: what was ordered, for the history of demand; lines that are open hold their units. */
export class OrderLineFiles extends DescriptionLines {
  readonly name = 'orders';
  readonly permission = 'reservations.write';
  override readonly summed = 'quantity';
  readonly columns = {
    required: ['orderId', 'sku', 'quantity', 'state', 'orderedAt'],
    optional: ['channelId', 'locationId'],
    numeric: ['quantity'],
    dates: ['orderedAt'],
  };

  constructor(parts: OrderParts) {
    super(new Orders(parts), OrderLineRow, ({ orderId, channelId = '', sku }) => JSON.stringify([orderId, channelId, sku]));
  }
}
