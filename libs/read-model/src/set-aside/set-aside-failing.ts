import type { Pool } from 'pg';
import type { RecordedEvent } from '@holdfast/event-store';
import { isRefusedData } from '@holdfast/kit';
import { Projection } from '../projection.js';
import type { StreamReader } from '../storage/sku-history.js';
import { setAside } from './set-aside-streams.js';
import type { TurnFailed } from './turn-failed.js';
import { Unprojectable } from './turn-failed.js';

/**
 * Sets aside every stream with an event that cannot be projected, among the events of a failed turn. Nothing else is written: each try is
 * rolled back. If the turn failed for another reason, such as an outage, no stream is set aside.
 * @returns the streams set aside; none when the turn may succeed as it is
 */
export async function setAsideFailing(
  pool: Pool,
  schema: string,
  eventStore: StreamReader,
  failed: TurnFailed,
): Promise<readonly Unprojectable[]> {
  if (!isLasting(failed.cause)) return [];
  const found: Unprojectable[] = [];
  for (;;) {
    const first = await firstUnprojectable(pool, schema, eventStore, failed.events);
    if (first === undefined || !(await setAside(pool, schema, first))) return found;
    found.push(first);
  }
}

/** Whether projecting the same events again would fail again. */
export const isLasting = (error: unknown): error is Error => error instanceof Unprojectable || isRefusedData(error);

/** Halves the events: those before the one sought can be projected together, those up to it cannot. */
async function firstUnprojectable(
  pool: Pool,
  schema: string,
  eventStore: StreamReader,
  events: readonly RecordedEvent[],
): Promise<Unprojectable | undefined> {
  let failure = await failureOf(pool, schema, eventStore, events);
  if (failure === undefined) return undefined;
  let [passing, failing] = [0, events.length];
  while (failing - passing > 1 && !(failure instanceof Unprojectable)) {
    const middle = Math.floor((passing + failing) / 2);
    const failureOfHalf = await failureOf(pool, schema, eventStore, events.slice(0, middle));
    if (failureOfHalf === undefined) passing = middle;
    else [failing, failure] = [middle, failureOfHalf];
  }
  const event = events[failing - 1];
  if (failure instanceof Unprojectable || event === undefined) return failure instanceof Unprojectable ? failure : undefined;
  return new Unprojectable(event, failure);
}

/** @throws errors that are not caused by the events: an outage, another projector */
async function failureOf(
  pool: Pool,
  schema: string,
  eventStore: StreamReader,
  events: readonly RecordedEvent[],
): Promise<Error | undefined> {
  const projection = await Projection.open(pool, schema, eventStore);
  try {
    await projection.rehearse(events);
    return undefined;
  } catch (error) {
    if (isLasting(error)) return error;
    throw error;
  }
}
