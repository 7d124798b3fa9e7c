/** Topics. */
export const TOPIC_FUNCTIONS = `
create function bus.define_topic(p_name text, p_partitions integer, p_compacted boolean, p_retention_ms bigint) returns integer
language plpgsql as $$
declare
  v_topic bus.topics;
begin
  insert into bus.topics (name, partitions, compacted, retention_ms)
  values (p_name, p_partitions, p_compacted, p_retention_ms)
  on conflict (name) do nothing
  returning * into v_topic;
  if not found then
    update bus.topics set compacted = p_compacted, retention_ms = p_retention_ms
    where name = p_name and partitions = p_partitions and (compacted, retention_ms) is distinct from (p_compacted, p_retention_ms);
    return (select partitions from bus.topics where name = p_name);
  end if;
  with made as (
    insert into bus.heads (topic_id, partition) select v_topic.id, n from generate_series(0, p_partitions - 1) n returning id
  )
  insert into bus.floors (head_id) select id from made;
  return p_partitions;
end $$;
`;

/**
 * Publishing: one call per commit. The arrays of messages are ordered by head; `p_counts` is how many each head gets. Returns the new end
 * of each head and the time of the messages: `head:end:at,head:end:at,…`. `p_own_session`: server process of the publisher's own session, 0
 * for none. It notifies only if another session listens: a commit that notifies waits for every other one that does, until it is on disk.
 * "If exists", because earlier steps created a function that always notified.
 */
export const PUBLISH_FUNCTION = `
drop function if exists bus.publish(integer[], integer[], text[], text[], text[]);

create function bus.publish(
  p_heads integer[], p_counts integer[], p_keys text[], p_values text[], p_headers text[], p_own_session integer
) returns text
language plpgsql as $$
declare
  v_next bigint;
  v_from integer := 1;
  v_until integer;
  v_at bigint;
  v_ends text := '';
  v_stored text := '';
begin
  -- Heads come in ascending order from every caller, so that two of them never wait for each other in a circle.
  for i in 1 .. cardinality(p_heads) loop
    update bus.heads set next_seq = next_seq + p_counts[i] where id = p_heads[i] returning next_seq into strict v_next;
    v_until := v_from + p_counts[i] - 1;
    v_at := extract(epoch from clock_timestamp()) * 1000;
    insert into bus.log (seq, at, head_id, key, value, headers)
    select v_next - p_counts[i] + m.n - 1, v_at, p_heads[i], m.key, m.value, m.headers::jsonb
    from unnest(p_keys[v_from : v_until], p_values[v_from : v_until], p_headers[v_from : v_until]) with ordinality m (key, value, headers, n);
    v_from := v_until + 1;
    v_ends := v_ends || p_heads[i] || ':' || v_next || ',';
    v_stored := v_stored || p_heads[i] || ':' || v_next || ':' || v_at || ',';
  end loop;
  -- A notification holds 8,000 bytes at most; an empty one asks listeners to look for themselves.
  if exists (select from bus.sessions s where s.pid <> p_own_session) then
    perform pg_notify('bus_log', case when length(v_ends) < 7900 then v_ends else '' end);
  end if;
  return v_stored;
end $$;
`;

/**
 * The server processes of the sessions that listen for publications. A session registers while no other is publishing: later publications
 * notify it, earlier ones are visible to it. Entries of sessions that ended without deregistering are removed by the next one that
 * registers.
 */
export const SESSIONS = `
create table bus.sessions (pid integer primary key);

create function bus.register_session() returns void
language plpgsql as $$
begin
  lock table bus.heads in share mode;
  delete from bus.sessions s where not exists (select from pg_stat_activity a where a.pid = s.pid);
  insert into bus.sessions values (pg_backend_pid()) on conflict do nothing;
end $$;
`;
