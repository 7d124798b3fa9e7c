import type { Pool } from 'pg';
import type { EncodedAppend } from '../encoding.js';
import { NO_STREAM } from '../port.js';
import type { AppendResult, RecordedEvent } from '../port.js';
import { int4Array, textArray, uuidArray } from '@holdfast/kit';
import type { EventTypes } from './event-types.js';
import { toRecorded } from './rows.js';

const APPEND = {
  name: 'event_store_append',
  text: 'select actuals, last_positions, recorded_at from event_store.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
};

interface Row {
  readonly actuals: readonly number[];
  readonly last_positions: readonly string[];
  readonly recorded_at: string;
}

/**
 * Writes a group of appends in one transaction and one round trip.
 * @param group to different streams, so that their order in the commit is free
 * @param ownListener the server process of this process' listener, 0 for none
 * @param onStored called with the events that this call has written, in order of position
 */
export async function commitGroup(
  pool: Pool,
  types: EventTypes,
  group: readonly EncodedAppend[],
  timeoutMs: number,
  ownListener: number,
  onStored: (stored: () => readonly RecordedEvent[]) => void,
): Promise<ReadonlyMap<EncodedAppend, AppendResult>> {
  const singles = group.filter(isSingle);
  const appends = [...singles, ...group.filter((append) => !isSingle(append))];
  const events = appends.flatMap((append) => append.events);
  const typeIds = await types.idsOf(events.map((event) => event.type));
  const values = [
    textArray(appends.map((append) => append.stream)),
    int4Array(appends.map((append) => append.expected)),
    int4Array(appends.map((append) => append.events.length)),
    int4Array(firstsOf(appends)),
    singles.length,
    uuidArray(events.map((event) => event.id)),
    int4Array(typeIds),
    textArray(events.map((event) => event.data)),
    textArray(events.map((event) => event.metadata)),
    ownListener,
  ];
  const query = { ...APPEND, values, query_timeout: timeoutMs };
  const { rows } = await pool.query<Row>(query);
  const row = rows[0];
  if (!row) throw new Error('event_store.append answered nothing');
  onStored(() => appends.flatMap((append, index) => storedOf(append, row, index)));
  return new Map(appends.map((append, index) => [append, resultOf(append, row, index)]));
}

const isSingle = ({ events }: EncodedAppend): boolean => events.length === 1;

/** The place of each append's first event among all events, from 1 on. */
function firstsOf(appends: readonly EncodedAppend[]): readonly number[] {
  let next = 1;
  return appends.map(({ events }) => {
    const first = next;
    next += events.length;
    return first;
  });
}

/** The stored events; none for a conflict, nor for a repeat, which another call has written. */
function storedOf({ stream, expected, events }: EncodedAppend, row: Row, index: number): readonly RecordedEvent[] {
  const last = row.last_positions[index];
  if (last === undefined || last === '-1' || row.actuals[index] !== expected) return [];
  const first = BigInt(last) - BigInt(events.length) + 1n;
  return events.map(({ id, type, data, metadata }, place) => {
    const position = (first + BigInt(place)).toString();
    return toRecorded([position, row.recorded_at, stream, expected + 1 + place, type, id, data, metadata]);
  });
}

function resultOf({ expected, events }: EncodedAppend, row: Row, index: number): AppendResult {
  const position = BigInt(row.last_positions[index] ?? -1);
  if (position < 0n) return { kind: 'conflict', expected, actual: row.actuals[index] ?? NO_STREAM };
  return { kind: 'appended', revision: expected + events.length, position };
}
