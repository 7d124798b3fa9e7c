/** First key of the advisory locks by which a member shows that its session is alive; the second is its id. */
export const MEMBER_LOCK_CLASS = 1_214_210_148;

/** SQLSTATE raised to a member that counts as dead: its partitions belong to other members. */
export const FENCED_STATE = 'HF001';

/**
 * Consumer groups. A member is alive while its lease runs and the session that joined it holds its advisory lock: a killed process loses
 * the lock at once, a frozen one its lease. A partition with an owner cannot be claimed by another member.
 */
export const GROUP_FUNCTIONS = `
create function bus.join_group(p_group text, p_topics text[], p_latest boolean, p_lease_ms integer) returns table (member integer, group_id integer)
language plpgsql as $$
declare
  v_group integer;
  v_member integer;
  v_topics smallint[] := (select array_agg(t.id) from bus.topics t where t.name = any (p_topics));
begin
  insert into bus.groups (name) values (p_group) on conflict (name) do nothing;
  select g.id into strict v_group from bus.groups g where g.name = p_group for update;
  insert into bus.offsets (group_id, head_id, next_seq)
  select v_group, h.id, case when p_latest then h.next_seq else 0 end from bus.heads h where h.topic_id = any (v_topics)
  on conflict do nothing;
  insert into bus.members (group_id, topic_ids, lease_until)
  values (v_group, v_topics, clock_timestamp() + p_lease_ms * interval '1 ms')
  returning id into v_member;
  perform pg_advisory_lock(${MEMBER_LOCK_CLASS}, v_member);
  perform pg_notify('bus_group', v_group::text);
  return query select v_member, v_group;
end $$;

create function bus.leave_group(p_member integer) returns void
language plpgsql as $$
declare
  v_group integer := (select group_id from bus.members where id = p_member);
begin
  perform 1 from bus.groups where id = v_group for update;
  update bus.offsets set owner = null where group_id = v_group and owner = p_member;
  delete from bus.members where id = p_member;
  perform pg_notify('bus_group', v_group::text);
end $$;

create function bus.renew(p_member integer, p_lease_ms integer) returns table (head_id integer, next_seq bigint, end_seq bigint, surplus boolean)
language plpgsql as $$
declare
  v_group integer := (select m.group_id from bus.members m where m.id = p_member);
begin
  perform 1 from bus.groups where id = v_group for update;
  update bus.members set lease_until = clock_timestamp() + p_lease_ms * interval '1 ms' where id = p_member;
  if not found then
    raise exception 'member % was taken for dead', p_member using errcode = '${FENCED_STATE}';
  end if;

  delete from bus.members m
  where m.group_id = v_group and m.id <> p_member
    and (m.lease_until < clock_timestamp() or pg_try_advisory_xact_lock(${MEMBER_LOCK_CLASS}, m.id));
  if found then
    perform pg_notify('bus_group', v_group::text);
  end if;

  return query
  with wanted as (
    select h.id
    from bus.heads h
    cross join lateral (
      select array_agg(m.id order by m.id) as ids from bus.members m where m.group_id = v_group and h.topic_id = any (m.topic_ids)
    ) able
    where able.ids[1 + (h.topic_id + h.partition) % cardinality(able.ids)] = p_member
  ), claimed as (
    update bus.offsets o set owner = p_member
    from wanted w
    where o.group_id = v_group and o.head_id = w.id
      and (o.owner is null or not exists (select from bus.members m where m.id = o.owner))
    returning o.head_id
  )
  select o.head_id, o.next_seq, h.next_seq, w.id is null
  from bus.offsets o
  join bus.heads h on h.id = o.head_id
  left join wanted w on w.id = o.head_id
  where o.group_id = v_group and (o.owner = p_member or o.head_id in (select c.head_id from claimed c));
end $$;

create function bus.release(p_member integer, p_group integer, p_head integer) returns void
language sql as $$
  update bus.offsets set owner = null where group_id = p_group and head_id = p_head and owner = p_member;
  select pg_notify('bus_group', p_group::text);
$$;
`;
