import type { Pool } from 'pg';
import type { SnapshotStore, StoredSnapshot } from './snapshot-store.js';

const CREATION_LOCK = 1_752_132_710;

const LOAD = {
  name: 'ledger_snapshot_load',
  text: 'select revision, event_id as "eventId", version, digest, json from ledger.snapshots where stream = $1',
};
// Another version's snapshot is of no use, so it is replaced whatever its revision.
const SAVE = {
  name: 'ledger_snapshot_save',
  text: `insert into ledger.snapshots as known (stream, revision, event_id, version, digest, json) values ($1, $2, $3, $4, $5, $6)
    on conflict (stream) do update
    set revision = excluded.revision, event_id = excluded.event_id, version = excluded.version, digest = excluded.digest,
      json = excluded.json, written_at = now()
    where known.revision < excluded.revision or known.version <> excluded.version`,
};

/** Opens the table `ledger.snapshots`, creating it where it is missing. */
export async function openPostgresSnapshots(pool: Pool): Promise<SnapshotStore> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [CREATION_LOCK]);
    await client.query(`
      create schema if not exists ledger;
      create table if not exists ledger.snapshots (
        stream text collate "C" primary key,
        revision int not null,
        event_id uuid not null,
        version int not null,
        digest text not null,
        json text not null,
        written_at timestamptz not null default now()
      );
      comment on table ledger.snapshots is 'Disposable: every row can be made again from its stream.';
    `);
    await client.query('commit');
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.release();
  return new PostgresSnapshots(pool);
}

class PostgresSnapshots implements SnapshotStore {
  constructor(private readonly pool: Pool) {}

  async load(stream: string): Promise<StoredSnapshot | undefined> {
    const { rows } = await this.pool.query<StoredSnapshot>({ ...LOAD, values: [stream] });
    return rows[0];
  }

  async save(stream: string, { revision, eventId, version, digest, json }: StoredSnapshot): Promise<void> {
    await this.pool.query({ ...SAVE, values: [stream, revision, eventId, version, digest, json] });
  }
}
