import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSessions1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.sessions (
        hash text primary key,
        tenant text not null,
        subject text not null,
        key_hash text,
        permissions text[] not null,
        created_at timestamptz not null,
        seen_at timestamptz not null,
        ends_at timestamptz not null
      )`);
    await runner.query(`create index sessions_subject on gateway.sessions (tenant, subject, created_at)`);
    await runner.query(`create index sessions_end on gateway.sessions (ends_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table gateway.sessions`);
  }
}
