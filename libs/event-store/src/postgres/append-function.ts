import { APPEND_LOCK, CHANNEL } from './names.js';
import { eventsBetween } from './rows.js';

/**
 * Settings of every connection that appends. The function's plans never depend on the values, and planning at each call would take longer
 * than the rest; plans made while the tables are small must not scan them. They are set on the connection, because a setting of the
 * function would be set at each call.
 */
export const APPEND_SETTINGS = 'set plan_cache_mode = force_generic_plan; set enable_seqscan = off';

/**
 * Appends to several streams in one commit, a row for each append. Arrays: one element per append (names, expected, counts, and firsts: the
 * place of its first event, from 1 on), then one element per event. The first `singles` appends have one event each, the others more. Per
 * append: last_positions is -1 for a conflict; actuals is the stream's revision before. recorded_at: time of the written events.
 * own_listener: server process of the caller's own listener, 0 for none.
 * It notifies only if another process listens. A commit that notifies waits for every other one that does, until it is on disk: appends and
 * publications of a process that is alone would wait for each other, and a single append took a quarter longer.
 */
export const APPEND_FUNCTION = `
create function event_store.append(
  names text[], expected int[], counts int[], firsts int[], singles int,
  ids uuid[], type_ids int[], data text[], metadata text[], own_listener int,
  out actuals int[], out last_positions bigint[], out recorded_at bigint
) language plpgsql as $body$
declare
  head bigint;
  now_ms bigint;
  only_stream int;
  only_actual int;
  stream_ids int[];
  repeated bigint;
begin
  -- What was answered is durable, whatever the server's default. Holds to the end of the transaction.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;

  -- In a statement of its own: the ones after it then see what the holder before committed.
  perform pg_advisory_xact_lock(${APPEND_LOCK});

  if -1 = any(expected) then
    insert into event_store.streams (name)
    select a.name from unnest(names, expected) as a(name, expected)
    where a.expected = -1 and not exists (select from event_store.streams s where s.name = a.name);
  end if;

  now_ms := extract(epoch from clock_timestamp()) * 1000;
  recorded_at := now_ms;

  -- One stream, so one lookup and no arrays to look into: a lonely append takes less than half the time.
  if cardinality(names) = 1 then
    select coalesce((select max(position) from event_store.appends), -1), coalesce(s.id, 0), coalesce(r.revision, -1)
    into head, only_stream, only_actual
    from (select (select s.id from event_store.streams s where s.name = names[1]) as id offset 0) s
    left join lateral (
      select a.revision from event_store.appends a where a.stream_id = s.id order by a.revision desc limit 1
    ) r on true;
    stream_ids := array[only_stream];
    actuals := array[only_actual];
    if only_actual = expected[1] then
      last_positions := array[head + counts[1]];
      if counts[1] = 1 then
        insert into event_store.appends (position, recorded_at, stream_id, revision, count, type_id, id, data, metadata)
        values (head + 1, now_ms, only_stream, only_actual + 1, 1, type_ids[1], ids[1], data[1], metadata[1]);
      else
        insert into event_store.appends (position, recorded_at, stream_id, revision, count, type_ids, ids, all_data, all_metadata)
        values (head + counts[1], now_ms, only_stream, only_actual + counts[1], counts[1], type_ids, ids, data, metadata);
      end if;
      if exists (select from event_store.listeners l where l.pid <> own_listener) then
        perform pg_notify('${CHANNEL}', '');
      end if;
      return;
    end if;
    last_positions := array[-1];
  else
    select coalesce(max(position), -1) into head from event_store.appends;
    -- Looked up by subqueries, never joined: a join planned while the tables are small would read all of them once they are large.
    -- "offset 0" keeps the number of a stream from being looked up once for each mention.
    select array_agg(coalesce(f.id, 0)), array_agg(coalesce(f.revision, -1)) into stream_ids, actuals
    from (
      select n.id, (select a.revision from event_store.appends a where a.stream_id = n.id order by a.revision desc limit 1) as revision
      from (
        select a.no, (select s.id from event_store.streams s where s.name = a.name) as id
        from unnest(names) with ordinality as a(name, no) offset 0
      ) n
      order by n.no
    ) f;
    for i in 1 .. cardinality(names) loop
      if actuals[i] = expected[i] then
        head := head + counts[i];
        last_positions[i] := head;
      else
        last_positions[i] := -1;
      end if;
    end loop;
    if singles > 0 then
      insert into event_store.appends (position, recorded_at, stream_id, revision, count, type_id, id, data, metadata)
      select a.last_position, now_ms, a.stream_id, a.expected + 1, 1, a.type_id, a.id, a.data, a.metadata
      from unnest(
        last_positions[:singles], stream_ids[:singles], expected[:singles],
        type_ids[:singles], ids[:singles], data[:singles], metadata[:singles]
      ) as a(last_position, stream_id, expected, type_id, id, data, metadata)
      where a.last_position >= 0;
    end if;
    -- Gathered by append in one pass: a slice of an array walks and copies all of it, which for a group of 500 appends took most of the time.
    if singles < cardinality(names) then
      insert into event_store.appends (position, recorded_at, stream_id, revision, count, type_ids, ids, all_data, all_metadata)
      select last_positions[m.no], now_ms, stream_ids[m.no], expected[m.no] + counts[m.no], counts[m.no],
        m.type_ids, m.ids, m.data, m.metadata
      from (
        select width_bucket(e.place::int, firsts) as no,
          array_agg(e.type_id order by e.place) as type_ids, array_agg(e.id order by e.place) as ids,
          array_agg(e.data order by e.place) as data, array_agg(e.metadata order by e.place) as metadata
        from unnest(type_ids, ids, data, metadata) with ordinality as e(type_id, id, data, metadata, place)
        where e.place >= firsts[singles + 1]
        group by 1
      ) m
      where last_positions[m.no] >= 0;
    end if;
    if 0 <= any(last_positions) and exists (select from event_store.listeners l where l.pid <> own_listener) then
      perform pg_notify('${CHANNEL}', '');
    end if;
    if -1 <> all(last_positions) then
      return;
    end if;
  end if;

  -- What did not fit may be a repeat: the same ids at the same place.
  for i in 1 .. cardinality(names) loop
    if last_positions[i] < 0 and actuals[i] >= expected[i] + counts[i] then
      select max(e.position) into repeated
      from unnest(ids[firsts[i] : firsts[i] + counts[i] - 1]) with ordinality as r(id, place)
      join (${eventsBetween('stream_ids[i]', 'expected[i] + 1', 'expected[i] + counts[i]')}) e
        on e.revision = expected[i] + r.place and e.id = r.id
      having count(*) = counts[i];
      last_positions[i] := coalesce(repeated, -1);
    end if;
  end loop;
end
$body$;
`;

/**
 * The server processes of the connections that listen for notifications. A listener registers while it holds the append lock: later appends
 * notify it, earlier ones are visible to it. Entries of listeners that ended without deregistering are removed by the next one that
 * registers.
 */
export const LISTENERS = `
create table event_store.listeners (pid int primary key);

comment on table event_store.listeners is 'Server processes of the connections that listen for appends.';

create function event_store.register_listener() returns void language plpgsql as $body$
begin
  perform pg_advisory_xact_lock(${APPEND_LOCK});
  delete from event_store.listeners l where not exists (select from pg_stat_activity a where a.pid = l.pid);
  insert into event_store.listeners values (pg_backend_pid()) on conflict do nothing;
end
$body$;
`;
