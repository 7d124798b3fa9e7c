import { STREAMS } from '@holdfast/contracts';
import { reappraisals } from '@holdfast/inventory';
import { inSlices } from '@holdfast/kit';
import type { IncomingMessage } from '@holdfast/messaging';
import { isRecord } from '@holdfast/platform';
import type { FigureTable, NotedReappraisal } from './figure-table.js';
import { isOfPoller } from './level-publisher.js';

/** Rows of one statement. */
const PORTION = 5_000;
const TYPE_PREFIX = 'holdfast.stock.';

/** Notes of each event of a SKU from when on an equal figure of an ERP must be published again. */
export class Reappraisals {
  constructor(private readonly figures: Pick<FigureTable, 'isUsed' | 'reappraise'>) {}

  async take(messages: readonly Pick<IncomingMessage, 'value'>[]): Promise<void> {
    if (!(await this.figures.isUsed())) return;
    const noted = await inSlices(readAll(messages));
    for (let start = 0; start < noted.length; start += PORTION) await this.figures.reappraise(noted.slice(start, start + PORTION));
  }
}

function* readAll(messages: readonly Pick<IncomingMessage, 'value'>[]): Generator<undefined, readonly NotedReappraisal[]> {
  const noted: NotedReappraisal[] = [];
  for (const { value } of messages) {
    yield;
    noted.push(...reappraisalsOf(value));
  }
  return noted;
}

/**
 * Of a message of the topic of stock events; none of one that is not about stock of a SKU.
 * @throws UnreadableEvent for an event of a later Holdfast: it waits for a process that can read it
 */
export function reappraisalsOf(value: string | null): readonly NotedReappraisal[] {
  const message = parsed(value);
  if (!isRecord(message)) return [];
  const { type, subject: sku, tenant, time, data } = message;
  if (typeof type !== 'string' || typeof sku !== 'string' || typeof tenant !== 'string' || typeof time !== 'string') return [];
  const event = isRecord(data) ? data['event'] : undefined;
  const stream = isRecord(data) ? data['stream'] : undefined;
  if (!isRecord(event) || typeof stream !== 'string' || !STREAMS.stock.holds({ stream })) return [];
  const stored = { stream, type: type.slice(TYPE_PREFIX.length), data: event, metadata: { tenant } };
  return reappraisals(STREAMS.stock.decode(stored), Date.parse(time), isOfPoller).map(({ locationId, when, time: at }) => ({
    tenant,
    locationId,
    sku,
    presumes: when === 'presumes',
    time: at,
  }));
}

function parsed(value: string | null): unknown {
  try {
    return value === null ? undefined : (JSON.parse(value) as unknown);
  } catch {
    return undefined;
  }
}
