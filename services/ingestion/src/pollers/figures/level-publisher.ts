import { TOPICS, type ErpLevel } from '@holdfast/contracts';
import { inSlices, uuidOf, type Clock } from '@holdfast/kit';
import type { Bus, OutgoingMessage } from '@holdfast/messaging';
import { outgoingMessage } from '../../erp-http/erp-event.js';
import { publishInPortions } from '../../lines/in-portions.js';
import type { RoutingCache } from '../../routing/routing-cache.js';
import { routeOf, type TenantRouting } from '../../routing/routing.js';
import type { StoredPoller } from '../connections/poller-table.js';
import type { StockPage } from '../port.js';
import type { FigureTable, PlacedFigure, Reading } from './figure-table.js';
import type { Figure } from './figures-of.js';

const PREFIX = 'poll-';
/** Clocks of ERP, Holdfast and database agree within this. */
const CLOCKS_MS = 60_000;

/** Whether a level was published by a poller. */
export const isOfPoller = ({ messageId }: { readonly messageId: string }): boolean => messageId.startsWith(PREFIX);

export type PolledConnection = Pick<StoredPoller, 'tenant' | 'connectionId' | 'postingLagMs' | 'settledAtMs'>;

export interface LevelPublisherParts {
  readonly bus: Pick<Bus, 'publish'>;
  readonly routing: Pick<RoutingCache, 'current'>;
  readonly figures: Pick<FigureTable, 'pass' | 'note'>;
  readonly clock: Clock;
}

/** How figures of that time are compared with those that were published. */
export function readingOf({ postingLagMs, settledAtMs }: PolledConnection, asOf: number): Reading {
  return { asOf, postingLagMs, settledFrom: postingLagMs === null ? null : Math.ceil(settledAtMs + postingLagMs + CLOCKS_MS) };
}

/** Publishes figures as levels of their connection, unless they would come to nothing else than the last ones did. */
export class LevelPublisher {
  constructor(private readonly parts: LevelPublisherParts) {}

  /**
   * Figures are noted after they are published: those of a crash in between are published again, which is harmless.
   * @returns how many were published, and how many of them wait for a mapping
   */
  async tell(poller: PolledConnection, figures: readonly Figure[], page: Pick<StockPage, 'asOf' | 'skewMs'>) {
    const { bus, figures: table } = this.parts;
    const routing = await this.parts.routing.current(poller.tenant);
    const locations = new Map<string, string | null>();
    const placed = figures.map(({ sku, warehouseId, figure }) => {
      const known = locations.get(warehouseId);
      const locationId = known === undefined ? locationOf(routing, poller.connectionId, warehouseId) : known;
      if (known === undefined) locations.set(warehouseId, locationId);
      return { sku, warehouseId, figure, locationId };
    });
    const reading = readingOf(poller, page.asOf);
    const passed = await table.pass(poller, placed, reading);
    await publishInPortions(bus, TOPICS.erpStock.name, await inSlices(this.messages(poller, passed.figures, page.asOf)));
    await table.note(poller, passed, reading);
    return { changed: passed.figures.length, parked: passed.figures.filter(({ locationId }) => locationId === null).length };
  }

  private *messages(
    { tenant, connectionId }: PolledConnection,
    figures: readonly PlacedFigure[],
    asOf: number,
  ): Generator<undefined, readonly OutgoingMessage[]> {
    const now = this.parts.clock.now();
    const asOfText = new Date(asOf).toISOString();
    const messages: OutgoingMessage[] = [];
    for (const { sku, warehouseId, figure } of figures) {
      yield;
      const messageId = `${PREFIX}${uuidOf(JSON.stringify([tenant, connectionId, warehouseId, sku, asOf]))}`;
      const level: ErpLevel = { type: 'level', messageId, connectionId, warehouseId, sku, quantity: figure, asOf: asOfText };
      messages.push(outgoingMessage(tenant, level, now));
    }
    return messages;
  }
}

function locationOf(routing: TenantRouting, connectionId: string, warehouseId: string): string | null {
  const route = routeOf(routing, connectionId, warehouseId);
  return route.kind === 'located' ? route.locationId : null;
}
