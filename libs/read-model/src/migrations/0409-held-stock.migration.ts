import type { MigrationInterface, QueryRunner } from 'typeorm';

const matrix = (available: string, held: string): string => `CREATE OR REPLACE VIEW atp_matrix AS
   SELECT m.tenant, m.sku, m.location_id, m.channel_id, m.on_hand, m.reserved, m.available, m.atp,
          CASE WHEN m.atp <= m.critical_threshold THEN 'CRITICAL' WHEN m.atp <= m.low_threshold THEN 'LOW' ELSE 'OK' END AS severity,
          m.low_threshold AS threshold, m.policy_id${held}
   FROM (SELECT s.*, c.channel_id, ${available} AS available,
                promisable_units(${available}, s.safety_stock, c.buffer_units, c.buffer_percent) AS atp,
                c.low_threshold, c.critical_threshold, c.policy_id
         FROM stock s JOIN channels c ON c.tenant = s.tenant AND c.enabled) m`;

/** Units on hand that may not leave. Rows from before have none, as there were no holds. */
export class HeldStock1700000000409 implements MigrationInterface {
  readonly name = 'HeldStock1700000000409';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stock ADD held bigint NOT NULL DEFAULT 0');
    await runner.query(matrix('s.on_hand - s.reserved - s.held', ', m.held'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW atp_matrix');
    await runner.query(matrix('s.on_hand - s.reserved', ''));
    await runner.query('ALTER TABLE stock DROP held');
  }
}
