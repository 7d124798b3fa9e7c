import type { EventMetadata, RecordedEvent } from '../port.js';

/**
 * Each event `e` of the rows `a` of `event_store.appends`, with its place in the append, from 1 on. An event that was appended alone lies in
 * the columns of its row, several lie in arrays: nothing has to be taken apart for the one.
 */
export const EACH_EVENT = `
  cross join lateral (
    select 1 as place, a.type_id, a.id, a.data, a.metadata where a.count = 1
    union all
    select m.place::int, m.type_id, m.id, m.data, m.metadata
    from unnest(a.type_ids, a.ids, a.all_data, a.all_metadata) with ordinality as m(type_id, id, data, metadata, place)
    where a.count > 1
  ) e`;

/** Of an event of `EACH_EVENT`; a row bears those of its last one. */
export const POSITION = 'a.position - a.count + e.place';
export const REVISION = 'a.revision - a.count + e.place';

/** Columns of a recorded event, in the order of `EventRow`. */
export const EVENT_COLUMNS = `
  ${POSITION} as position, a.recorded_at, (select s.name from event_store.streams s where s.id = a.stream_id) as stream,
  ${REVISION} as revision, (select t.name from event_store.types t where t.id = e.type_id) as type, e.id, e.data, e.metadata`;

export const NEWEST_REVISION = 2_147_483_647;

/**
 * Events of the stream `stream` from revision `first` to `last`, both inclusive: from the rows up to the one that holds the last. As
 * revisions have no gaps, nothing is read that is not wanted, though a row may hold very many.
 */
export const eventsBetween = (stream: string, first: string, last: string): string => `
  select ${EVENT_COLUMNS} from event_store.appends a ${EACH_EVENT}
  where a.stream_id = ${stream} and a.revision >= ${first}
    and a.revision <= coalesce(
      (select l.revision from event_store.appends l where l.stream_id = ${stream} and l.revision >= ${last} order by l.revision limit 1),
      ${NEWEST_REVISION})
    and ${REVISION} between ${first} and ${last}`;

export type EventRow = readonly [
  position: string,
  recordedAt: string,
  stream: string,
  revision: number,
  type: string,
  id: string,
  data: string,
  metadata: string,
];

export const toRecorded = ([position, recordedAt, stream, revision, type, id, data, metadata]: EventRow): RecordedEvent => ({
  id,
  type,
  data: JSON.parse(data) as unknown,
  metadata: JSON.parse(metadata) as EventMetadata,
  stream,
  revision,
  position: BigInt(position),
  recordedAt: Number(recordedAt),
});
