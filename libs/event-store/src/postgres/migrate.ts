import { inTransaction } from '@holdfast/kit';
import type { Pool } from 'pg';
import { MIGRATION_LOCK } from './names.js';
import { MIGRATIONS } from './schema.js';

const STEP_TIMEOUT_MS = 3_600_000;

/** Brings schema `event_store` up to this version; processes that start together wait for one another. */
export async function migrate(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query(`
      create schema if not exists event_store;
      create table if not exists event_store.migrations (version int primary key, applied_at timestamptz not null default now());
    `);
    const { rows } = await client.query<{ version: number }>('select coalesce(max(version), 0) as version from event_store.migrations');
    const current = rows[0]?.version ?? 0;
    for (const [index, step] of MIGRATIONS.entries()) {
      if (index < current) continue;
      // One that writes the log anew takes minutes where it is large.
      const query = { text: step, query_timeout: STEP_TIMEOUT_MS };
      await client.query(query);
      await client.query('insert into event_store.migrations (version) values ($1)', [index + 1]);
    }
  });
}
