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
 * Publishing: one call a commit, whatever it holds. The arrays of messages are ordered by head; `p_counts` says how many each head gets.
 * Answers where each head ends now, and the time of the messages: `head:end:at,head:end:at,…`. "Or replace", because the first step
 * used to make one that answered no time.
 */
export const PUBLISH_FUNCTION = `
create or replace function bus.publish(p_heads integer[], p_counts integer[], p_keys text[], p_values text[], p_headers text[]) returns text
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
  perform pg_notify('bus_log', case when length(v_ends) < 7900 then v_ends else '' end);
  return v_stored;
end $$;
`;
