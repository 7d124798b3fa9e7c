import { TOPICS } from '@holdfast/contracts';
import { HELLO_EVENT } from '@holdfast/platform';
import { listOf, numberOf, objectOf, textOf } from '../rest/read.js';
import type { Json } from '../rest/json.js';
import { sentEvents } from '../subscriptions/sent-events.js';
import type { RequestContext } from './context.js';

interface Followed {
  readonly sku?: string | null;
  readonly channelId?: string | null;
  readonly locationId?: string | null;
  readonly after?: string | null;
}

/** The stream of the REST API, as a source of one subscription field. Filter, limits and tokens are those of the stream. */
const following =
  (topic: string, field: string, changeOf: (data: Json) => Json) =>
  async (_: unknown, { after, ...filter }: Followed, context: RequestContext): Promise<AsyncIterable<Json>> => {
    const query = new URLSearchParams({ topic });
    for (const [name, value] of Object.entries(filter)) if (typeof value === 'string') query.set(name, value);
    const from = context.lastEventId ?? after ?? undefined;
    const { body } = await context.rest.stream(
      `/api/inventory/stream?${query.toString()}`,
      from === undefined ? {} : { 'last-event-id': from },
    );
    context.onEnd(() => void body.destroy());
    return changes(field, changeOf, sentEvents(body), context);
  };

async function* changes(
  field: string,
  changeOf: (data: Json) => Json,
  events: ReturnType<typeof sentEvents>,
  context: RequestContext,
): AsyncGenerator<Json> {
  for await (const { id, event: type, data } of events) {
    context.token = id;
    if (type === HELLO_EVENT) continue;
    const event = objectOf(JSON.parse(data));
    yield { [field]: { ...changeOf(objectOf(event['data'])), resumeToken: id ?? '' } };
  }
}

export const channelAvailabilityChanged = following(TOPICS.channelAtp.name, 'channelAvailabilityChanged', (data) => ({
  sku: textOf(data, 'sku'),
  channelId: textOf(data, 'channelId'),
  quantity: numberOf(data, 'atp'),
  locations: listOf(data, 'locations').map((at) => ({ locationId: at['locationId'], quantity: at['atp'] })),
  version: numberOf(data, 'version'),
}));

export const inventoryLevelChanged = following(TOPICS.atp.name, 'inventoryLevelChanged', (data) => ({
  sku: textOf(data, 'sku'),
  locationId: textOf(data, 'locationId'),
  onHandQuantity: numberOf(data, 'onHand'),
  reservedQuantity: numberOf(data, 'reserved'),
  availableQuantity: numberOf(data, 'available'),
  safetyStock: numberOf(data, 'safetyStock'),
  inTransitQuantity: numberOf(data, 'inTransit'),
  version: numberOf(data, 'version'),
}));
