import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ATP of a channel by location, as an object from location id to units. Rows from before are filled from the stock, and their messages
 * are published anew, because those that are on the topic do not tell locations. A projector of the version before is fenced: the versions
 * that it has in memory are no longer the stored ones.
 */
export class ChannelAtpLocations1700000000405 implements MigrationInterface {
  readonly name = 'ChannelAtpLocations1700000000405';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE channel_atp ADD locations jsonb NOT NULL DEFAULT '{}'`);
    await runner.query(
      `UPDATE channel_atp a SET locations = m.locations, version = a.version + 1, position = c.position
       FROM checkpoint c, (SELECT tenant, sku, channel_id, jsonb_object_agg(location_id, atp) AS locations
                           FROM atp_matrix WHERE atp > 0 GROUP BY tenant, sku, channel_id) m
       WHERE a.tenant = m.tenant AND a.sku = m.sku AND a.channel_id = m.channel_id`,
    );
    await runner.query(
      `UPDATE checkpoint SET epoch = epoch + 1, published_position = least(published_position, position - 1)
       WHERE EXISTS (SELECT 1 FROM channel_atp WHERE locations <> '{}')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channel_atp DROP locations');
  }
}
