import { inTransaction, joinedByTurn } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { SnapshotStore, StoredSnapshot } from './snapshot-store.js';

const CREATION_LOCK = 1_752_132_710;

const LOAD = {
  name: 'ledger_snapshot_load',
  text: 'select stream, revision, event_id as "eventId", version, digest, json from ledger.snapshots where stream = any($1)',
};
// A snapshot of another version cannot be used, so it is replaced whatever its revision.
const SAVE = {
  name: 'ledger_snapshot_save',
  text: `insert into ledger.snapshots as known (stream, revision, event_id, version, digest, json) values ($1, $2, $3, $4, $5, $6)
    on conflict (stream) do update
    set revision = excluded.revision, event_id = excluded.event_id, version = excluded.version, digest = excluded.digest,
      json = excluded.json, written_at = now()
    where known.revision < excluded.revision or known.version <> excluded.version`,
};

/**
 * Compressing a snapshot of 20 MB first made Postgres three times as slow to store it: 0.6 s on a machine that decides commands meanwhile.
 */
const STORE_UNCOMPRESSED = `
  do $$
  begin
    if exists (
      select from pg_attribute where attrelid = 'ledger.snapshots'::regclass and attname = 'json' and attstorage <> 'e'
    ) then
      alter table ledger.snapshots alter column json set storage external;
    end if;
  end
  $$`;

/** Most snapshots that one statement loads; one of a large SKU has a megabyte and more. */
const MOST_TOGETHER = 50;

/** Opens the table `ledger.snapshots`, creating it where it is missing. */
export async function openPostgresSnapshots(pool: Pool): Promise<SnapshotStore> {
  await inTransaction(pool, async (client) => {
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
    await client.query(STORE_UNCOMPRESSED);
  });
  return new PostgresSnapshots(pool);
}

class PostgresSnapshots implements SnapshotStore {
  /** Loads that are called in one turn of the event loop share one statement: a batch of commands loads many SKUs at once. */
  readonly load = joinedByTurn<string, StoredSnapshot | undefined>({ most: MOST_TOGETHER }, (streams) => this.loadAll(streams));

  constructor(private readonly pool: Pool) {}

  private async loadAll(streams: readonly string[]): Promise<readonly (StoredSnapshot | undefined)[]> {
    const { rows } = await this.pool.query<StoredSnapshot & { readonly stream: string }>({ ...LOAD, values: [streams] });
    const found = new Map(rows.map(({ stream, ...snapshot }): [string, StoredSnapshot] => [stream, snapshot]));
    return streams.map((stream) => found.get(stream));
  }

  async save(stream: string, { revision, eventId, version, digest, json }: StoredSnapshot): Promise<void> {
    await this.pool.query({ ...SAVE, values: [stream, revision, eventId, version, digest, json] });
  }
}
