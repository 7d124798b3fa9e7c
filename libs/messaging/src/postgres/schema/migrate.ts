import { inTransaction } from '@holdfast/kit';
import type pg from 'pg';
import { SCHEMA_STEPS } from './steps.js';

const MIGRATION_LOCK = 5_214_210_148;

/** Brings the schema `bus` up to date; processes that start together wait for each other. */
export async function migrate(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query('create schema if not exists bus');
    await client.query('create table if not exists bus.steps (step integer primary key)');
    const { rows } = await client.query<{ done: number }>('select count(*)::integer as done from bus.steps');
    const done = rows[0]?.done ?? 0;
    for (const [index, sql] of SCHEMA_STEPS.entries()) {
      if (index < done) continue;
      await client.query(sql);
      await client.query('insert into bus.steps (step) values ($1)', [index + 1]);
    }
  });
}
