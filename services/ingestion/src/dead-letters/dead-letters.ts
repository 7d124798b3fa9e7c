import type { DataSource, FindOptionsWhere } from 'typeorm';
import { IsNull, Not } from 'typeorm';
import type { Pool } from 'pg';
import type { DeadLetter } from '@holdfast/contracts';
import type { Page } from '@holdfast/platform';
import { paginationOf } from '@holdfast/platform';
import { DeadLetterEntity } from './dead-letter.entity.js';
import type { DeadLettersView, DeadLetterView, LetterStatus } from './dead-letter.dto.js';
import { letterId, tenantOf } from './read-letter.js';

const KEEP = `
  INSERT INTO ingestion.dead_letters (id, tenant, topic, partition, "offset", key, value, code, message)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
  ON CONFLICT (id) DO NOTHING
  RETURNING code`;

// Not as entities: making 10,000 of them takes a tenth of a second in one step.
const FIND = `
  SELECT id, value FROM ingestion.dead_letters
  WHERE tenant = $1 AND CASE WHEN $2::uuid[] IS NULL THEN replayed_at IS NULL ELSE id = ANY($2) END
  ORDER BY received_at, id LIMIT $3`;

const FORGOTTEN_AT_ONCE = 10_000;

// In portions, so that no statement holds rows for long.
const FORGET = `
  DELETE FROM ingestion.dead_letters WHERE id IN (
    SELECT id FROM ingestion.dead_letters
    WHERE replayed_at < now() - make_interval(days => $1) OR received_at < now() - make_interval(days => $2)
    LIMIT ${FORGOTTEN_AT_ONCE})`;

/** What a replay needs of a letter. */
export type FoundLetter = Pick<DeadLetterEntity, 'id' | 'value'>;

/** Postgres takes no zero byte in a text. */
const storable = (text: string): string => text.replaceAll('\u0000', '\ufffd');

/** Messages that could not be processed, for people to look at and to replay. */
export class DeadLetters {
  constructor(
    private readonly pool: Pool,
    private readonly dataSource: DataSource,
  ) {}

  /** Keeps letters; gives the codes of those that were new. */
  async keep(letters: readonly DeadLetter[]): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ code: string }>(KEEP, [
      letters.map(letterId),
      letters.map((letter) => storable(tenantOf(letter))),
      letters.map(({ topic }) => storable(topic)),
      letters.map(({ partition }) => partition),
      letters.map(({ offset }) => storable(offset)),
      letters.map(({ key }) => storable(key)),
      letters.map(({ value }) => (value === null ? null : storable(value))),
      letters.map(({ reason }) => storable(reason.code)),
      letters.map(({ reason }) => storable(reason.message)),
    ]);
    return rows.map(({ code }) => code);
  }

  async list(tenant: string, status: LetterStatus, page: Page): Promise<DeadLettersView> {
    const [rows, total] = await this.dataSource.getRepository(DeadLetterEntity).findAndCount({
      where: { tenant, ...havingStatus(status) },
      order: { receivedAt: 'DESC', id: 'ASC' },
      skip: page.offset,
      take: page.pageSize,
    });
    return { deadLetters: rows.map(viewOf), pagination: paginationOf(page, total) };
  }

  /** Letters of the tenant: those named, replayed or not, or the oldest that were not replayed yet. */
  async find(tenant: string, ids: readonly string[] | 'open', limit: number): Promise<readonly FoundLetter[]> {
    const { rows } = await this.pool.query<FoundLetter>(FIND, [tenant, ids === 'open' ? null : ids, limit]);
    return rows;
  }

  async markReplayed(ids: readonly string[], fix: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    await this.pool.query('UPDATE ingestion.dead_letters SET replayed_at = now(), fix = $2 WHERE id = ANY($1::uuid[])', [
      ids,
      fix === undefined ? null : JSON.stringify(fix),
    ]);
  }

  /** Deletes letters a number of days after their replay, and letters without a replay a number of days after their arrival. */
  async forgetOlderThan({ replayedDays, openDays }: { readonly replayedDays: number; readonly openDays: number }): Promise<void> {
    let forgotten: number | null;
    do ({ rowCount: forgotten } = await this.pool.query(FORGET, [replayedDays, openDays]));
    while (forgotten === FORGOTTEN_AT_ONCE);
  }

  async countOpen(tenant: string): Promise<number> {
    return this.dataSource.getRepository(DeadLetterEntity).countBy({ tenant, replayedAt: IsNull() });
  }
}

const havingStatus = (status: LetterStatus): FindOptionsWhere<DeadLetterEntity> =>
  status === 'all' ? {} : { replayedAt: status === 'open' ? IsNull() : Not(IsNull()) };

const viewOf = (row: DeadLetterEntity): DeadLetterView => ({
  id: row.id,
  topic: row.topic,
  partition: row.partition,
  offset: row.offset,
  key: row.key,
  value: row.value,
  reason: { code: row.code, message: row.message },
  receivedAt: row.receivedAt.toISOString(),
  replayedAt: row.replayedAt?.toISOString() ?? null,
  fix: row.fix,
});
