import type { Position } from '@holdfast/event-store';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { GuardCheckpoint } from './answer-guard.js';

/** As much of a pool as is needed. */
interface Queries {
  query<Row extends object>(sql: string, values: unknown[]): Promise<{ readonly rows: readonly Row[] }>;
}

const LOAD = 'SELECT position::text AS position FROM reservation.answers_kept';
const SAVE = `
  INSERT INTO reservation.answers_kept AS kept VALUES (1, $1::numeric)
  ON CONFLICT (id) DO UPDATE SET position = greatest(kept.position, excluded.position)`;

export class PostgresGuardCheckpoint implements GuardCheckpoint {
  constructor(private readonly queries: Queries) {}

  async load(): Promise<Position | undefined> {
    const { rows } = await this.queries.query<{ position: string }>(LOAD, []);
    return rows[0] === undefined ? undefined : BigInt(rows[0].position);
  }

  async save(position: Position): Promise<void> {
    await this.queries.query(SAVE, [position.toString()]);
  }
}

/** Up to where the answers of all keyed reservations are kept. */
export class AnswersKept1700000604000 implements MigrationInterface {
  readonly name = 'AnswersKept1700000604000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE reservation.answers_kept (id smallint PRIMARY KEY CHECK (id = 1), position numeric(20) NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reservation.answers_kept');
  }
}
