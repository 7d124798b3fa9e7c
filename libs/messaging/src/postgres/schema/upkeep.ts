/** Retention and compaction, a bounded piece a call. Both answer how many offsets they went through; zero means that nothing is due. */
export const UPKEEP_FUNCTIONS = `
create function bus.expire(p_head integer, p_before bigint, p_limit integer) returns integer
language plpgsql as $$
declare
  v_first bigint;
  v_oldest bus.log;
  v_until bigint;
begin
  select first_seq into strict v_first from bus.floors where head_id = p_head for update;
  select * into v_oldest from bus.log where head_id = p_head and seq >= v_first order by seq limit 1;
  if not found or v_oldest.at >= p_before then
    return 0;
  end if;
  v_first := v_oldest.seq;
  v_until := least(v_first + p_limit, (select next_seq from bus.heads where id = p_head));
  select least(v_until, min(seq)) into v_until from bus.log where head_id = p_head and seq >= v_first and seq < v_until and at >= p_before;
  delete from bus.log where head_id = p_head and seq >= v_first and seq < v_until;
  update bus.floors set first_seq = v_until where head_id = p_head;
  return v_until - v_first;
end $$;

create function bus.compact(p_head integer, p_before bigint, p_limit integer) returns integer
language plpgsql as $$
declare
  v_from bigint;
  v_until bigint;
begin
  select compacted_seq into strict v_from from bus.floors where head_id = p_head for update;
  v_until := least(v_from + p_limit, (select next_seq from bus.heads where id = p_head));
  select least(v_until, min(seq)) into v_until from bus.log where head_id = p_head and seq >= v_from and seq < v_until and at >= p_before;
  if v_until <= v_from then
    return 0;
  end if;
  with latest as (
    select distinct on (key) key, seq, at, value is null as gone
    from bus.log where head_id = p_head and seq >= v_from and seq < v_until
    order by key, seq desc
  ), superseded as (
    delete from bus.log l using bus.newest n, latest t
    where n.head_id = p_head and n.key = t.key and l.head_id = p_head and l.seq = n.seq
  ), repeated as (
    delete from bus.log l
    where l.head_id = p_head and l.seq >= v_from and l.seq < v_until and not exists (select from latest t where t.seq = l.seq)
  )
  insert into bus.newest (head_id, key, seq, tombstone_at)
  select p_head, key, seq, case when gone then at end from latest
  on conflict (head_id, key) do update set seq = excluded.seq, tombstone_at = excluded.tombstone_at;
  update bus.floors set compacted_seq = v_until where head_id = p_head;
  return v_until - v_from;
end $$;

create function bus.bury(p_head integer, p_before bigint, p_limit integer) returns integer
language plpgsql as $$
declare
  v_count integer;
begin
  perform 1 from bus.floors where head_id = p_head for update;
  with old as (
    select key, seq from bus.newest where head_id = p_head and tombstone_at < p_before order by tombstone_at limit p_limit
  ), forgotten as (
    delete from bus.newest n using old where n.head_id = p_head and n.key = old.key
  )
  delete from bus.log l using old where l.head_id = p_head and l.seq = old.seq;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
`;
