import { APPEND_FUNCTION, LISTENERS } from './append-function.js';
import { APPEND_LOCK, CHANNEL } from './names.js';
import { EACH_EVENT, POSITION, REVISION } from './rows.js';

/** Steps from one version of the schema to the next; never edit one that was released, add another. */
export const MIGRATIONS: readonly string[] = [
  `
create table event_store.streams (
  id int generated always as identity primary key,
  name text collate "C" not null unique
);

create table event_store.types (
  id int generated always as identity primary key,
  name text collate "C" not null unique
);

-- Wide columns first, so that no row is padded. No index on the id: a repeat is recognised at its place in the stream.
create table event_store.events (
  position bigint primary key,
  recorded_at bigint not null,
  stream_id int not null,
  revision int not null,
  type_id int not null,
  id uuid not null,
  data json not null,
  metadata json not null,
  unique (stream_id, revision)
);

comment on table event_store.events is 'Everything that happened, in order. Positions have no gaps. recorded_at: epoch milliseconds.';

-- What was answered is durable, whatever the server's default. Holds to the end of the transaction.
create function event_store.be_durable() returns void language plpgsql as $body$
begin
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
end
$body$;

-- Numbers of event types; registers those not met before.
create function event_store.type_ids(wanted text[]) returns table (id int, name text) language plpgsql as $body$
#variable_conflict use_column
begin
  perform event_store.be_durable();
  insert into event_store.types (name)
  select w.name from unnest(wanted) as w(name) where not exists (select from event_store.types t where t.name = w.name)
  on conflict do nothing;
  return query select t.id, t.name from event_store.types t where t.name = any(wanted);
end
$body$;

-- Appends to several streams in one commit. Arrays: one element an append (names, expected, counts),
-- then one element an event (append_no counts from 1, place from 0).
-- Per append: last_positions is -1 where it did not fit; actuals is the stream''s revision before.
create function event_store.append(
  names text[], expected int[], counts int[],
  append_nos int[], places int[], ids uuid[], type_ids int[], data json[], metadata json[],
  out actuals int[], out last_positions bigint[]
) language plpgsql
-- The plan never depends on the values; planning anew each time would take longer than all the rest.
-- Made while the tables are small, it must not scan them.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $body$
declare
  stream_ids int[];
  repeated bigint;
  recorded_at bigint;
begin
  perform event_store.be_durable();

  -- In a statement of its own: the ones after it then see what the holder before committed.
  perform pg_advisory_xact_lock(${APPEND_LOCK});

  if -1 = any(expected) then
    insert into event_store.streams (name)
    select a.name from unnest(names, expected) as a(name, expected)
    where a.expected = -1 and not exists (select from event_store.streams s where s.name = a.name);
  end if;

  -- Materialized: each stream's revision is looked up once, not once for each mention.
  with named as materialized (
    select a.no, a.expected, a.count, coalesce((select s.id from event_store.streams s where s.name = a.name), 0) as stream_id
    from unnest(names, expected, counts) with ordinality as a(name, expected, count, no)
  ), looked_up as materialized (
    select n.*,
      coalesce((select e.revision from event_store.events e where e.stream_id = n.stream_id order by e.revision desc limit 1), -1) as actual
    from named n
  ), placed as (
    select l.no, l.stream_id, l.actual,
      case when l.actual = l.expected
        then head.position + sum(case when l.actual = l.expected then l.count else 0 end) over (order by l.no)
        else -1
      end as last_position
    from looked_up l, (select coalesce(max(position), -1) as position from event_store.events) head
  )
  select array_agg(p.stream_id order by p.no), array_agg(p.actual order by p.no), array_agg(p.last_position order by p.no)
  into stream_ids, actuals, last_positions
  from placed p;

  recorded_at := extract(epoch from clock_timestamp()) * 1000;
  insert into event_store.events (position, recorded_at, stream_id, revision, type_id, id, data, metadata)
  select last_positions[e.append_no] - counts[e.append_no] + 1 + e.place,
    recorded_at, stream_ids[e.append_no], expected[e.append_no] + 1 + e.place, e.type_id, e.id, e.data, e.metadata
  from unnest(append_nos, places, ids, type_ids, data, metadata) as e(append_no, place, id, type_id, data, metadata)
  where last_positions[e.append_no] >= 0;
  if found then
    perform pg_notify('${CHANNEL}', '');
  end if;

  -- What did not fit may be a repeat: the same ids at the same place.
  for i in 1 .. array_length(names, 1) loop
    if last_positions[i] < 0 and actuals[i] >= expected[i] + counts[i] then
      select max(e.position) into repeated
      from unnest(append_nos, places, ids) as r(append_no, place, id)
      join event_store.events e on e.stream_id = stream_ids[i] and e.revision = expected[i] + 1 + r.place and e.id = r.id
      where r.append_no = i
      having count(*) = counts[i];
      last_positions[i] := coalesce(repeated, -1);
    end if;
  end loop;
end
$body$;
`,
  // A function that the steps after it replace.
  'select',
  // JSON is checked where it is made: that Postgres parsed each event once more took a quarter of a large append's time.
  `
drop function event_store.append(text[], int[], int[], int[], int[], uuid[], int[], json[], json[]);
alter table event_store.events alter column data type text, alter column metadata type text;
`,
  // A function that the next step replaces.
  'select',
  // "If exists": the steps before used to make one that always notified.
  `
drop function if exists event_store.append(text[], int[], int[], int[], int[], uuid[], int[], text[], text[]);
${LISTENERS}`,
  // A row for each append instead of each event: the 64 of a hot SKU's turn took 2.3 ms, in one row 1.3.
  `
drop function if exists event_store.append(text[], int[], int[], int[], int[], uuid[], int[], text[], text[], int);

-- Wide columns first, so that no row is padded. No index on ids: a repeat is recognised at its place in the stream.
create table event_store.appends (
  position bigint not null,
  recorded_at bigint not null,
  stream_id int not null,
  revision int not null,
  count int not null,
  type_id int,
  id uuid,
  data text,
  metadata text,
  type_ids int[],
  ids uuid[],
  all_data text[],
  all_metadata text[]
);
-- Compressing would take longer than all the rest of an append.
alter table event_store.appends
  alter column data set storage external, alter column metadata set storage external,
  alter column ids set storage external, alter column type_ids set storage external,
  alter column all_data set storage external, alter column all_metadata set storage external;

insert into event_store.appends (position, recorded_at, stream_id, revision, count, type_id, id, data, metadata)
select position, recorded_at, stream_id, revision, 1, type_id, id, data, metadata from event_store.events order by position;
drop table event_store.events;
alter table event_store.appends add primary key (position), add unique (stream_id, revision);

comment on table event_store.appends is 'Everything that happened, in order; events that were appended to one stream together share a row. position and revision are those of the last of them; neither has gaps. recorded_at: epoch milliseconds.';

create view event_store.events as
select ${POSITION} as position, a.recorded_at, a.stream_id, ${REVISION} as revision, e.type_id, e.id, e.data, e.metadata
from event_store.appends a ${EACH_EVENT};

comment on view event_store.events is 'Everything that happened, event by event.';
${APPEND_FUNCTION}`,
  // Appends of several events each, without slices of arrays.
  `
drop function if exists event_store.append(text[], int[], int[], int[], int, uuid[], int[], text[], text[], int);
${APPEND_FUNCTION}`,
];
