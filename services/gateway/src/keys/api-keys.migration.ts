import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateApiKeys1750000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.api_keys (
        id text primary key,
        tenant text not null,
        name text not null,
        hash text not null unique,
        roles text[] not null,
        permissions text[] not null,
        created_at timestamptz not null,
        created_by text not null,
        expires_at timestamptz,
        revoked_at timestamptz
      )`);
    await runner.query(`create index api_keys_tenant on gateway.api_keys (tenant, created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table gateway.api_keys`);
  }
}
