/**
 * A partition of a topic is a `head`: one narrow number that log rows and offsets name. Its row is the lock under which sequence numbers are
 * given, so that they are gapless and in commit order.
 */
export const TABLES = `
create table bus.topics (
  id smallint generated always as identity primary key,
  name text not null unique,
  partitions smallint not null,
  compacted boolean not null,
  retention_ms bigint
);

create table bus.heads (
  id integer generated always as identity primary key,
  topic_id smallint not null references bus.topics,
  partition smallint not null,
  next_seq bigint not null default 0,
  unique (topic_id, partition)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table bus.log (
  seq bigint not null,
  at bigint not null,
  head_id integer not null,
  key text not null,
  value text,
  headers jsonb,
  primary key (head_id, seq)
);

-- Apart from the heads, whose rows publishers lock: upkeep must not stand in their way.
create table bus.floors (
  head_id integer primary key references bus.heads,
  first_seq bigint not null default 0,
  compacted_seq bigint not null default 0
) with (fillfactor = 50);

-- Where the newest message of each key of a compacted topic lies, as far as compaction has come.
create table bus.newest (
  head_id integer not null,
  key text not null,
  seq bigint not null,
  tombstone_at bigint,
  primary key (head_id, key)
);
create index newest_tombstones on bus.newest (head_id, tombstone_at) where tombstone_at is not null;

create table bus.groups (
  id integer generated always as identity primary key,
  name text not null unique
);

create table bus.members (
  id integer generated always as identity primary key,
  group_id integer not null references bus.groups,
  topic_ids smallint[] not null,
  lease_until timestamptz not null
);
create index members_group on bus.members (group_id);

create table bus.offsets (
  group_id integer not null references bus.groups,
  head_id integer not null references bus.heads,
  next_seq bigint not null,
  owner integer,
  primary key (group_id, head_id)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
`;
