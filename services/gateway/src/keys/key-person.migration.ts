import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The person behind each key, found by following who made it. A key that came with the installation has nobody behind it. */
export class KeyPerson1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.api_keys add person text');
    await runner.query(`
      with recursive maker (id, tenant, person) as (
        select id, tenant, id from gateway.api_keys where created_by = 'start'
        union all
        select key.id, key.tenant, key.created_by from gateway.api_keys key
         where key.created_by <> 'start'
           and not exists (select from gateway.api_keys other where other.id = key.created_by and other.tenant = key.tenant)
        union all
        select key.id, key.tenant, maker.person from gateway.api_keys key
          join maker on maker.id = key.created_by and maker.tenant = key.tenant
      )
      update gateway.api_keys key set person = maker.person from maker where maker.id = key.id and maker.person <> key.id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.api_keys drop person');
  }
}
