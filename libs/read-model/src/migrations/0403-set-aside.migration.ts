import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Streams that are not projected any further, because one of their events cannot be projected. */
export class SetAside1700000000403 implements MigrationInterface {
  readonly name = 'SetAside1700000000403';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE set_aside (
         stream text COLLATE "C" PRIMARY KEY, tenant text NOT NULL, revision bigint NOT NULL, position bigint NOT NULL,
         event_id text NOT NULL, event_type text NOT NULL, error text NOT NULL, set_aside_at timestamptz NOT NULL DEFAULT now())`,
    );
    await runner.query(
      `COMMENT ON TABLE set_aside IS 'Streams with an event that cannot be projected. Rows of such a stream show it as it was before that event; all other streams go on.'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE set_aside');
  }
}
