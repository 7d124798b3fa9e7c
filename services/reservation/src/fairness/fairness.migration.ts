import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who contended for a SKU, and in which order they were served. */
export class ContendedTurns1700000603000 implements MigrationInterface {
  readonly name = 'ContendedTurns1700000603000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reservation.contended_turns (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant text NOT NULL,
        sku text NOT NULL,
        process uuid NOT NULL,
        at bigint NOT NULL,
        revision bigint NOT NULL,
        retries integer NOT NULL,
        missed integer NOT NULL,
        contenders json NOT NULL
      )`);
    await runner.query('CREATE INDEX contended_turns_of_sku ON reservation.contended_turns (tenant, sku, at)');
    await runner.query('CREATE INDEX contended_turns_age ON reservation.contended_turns USING brin (at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reservation.contended_turns');
  }
}
