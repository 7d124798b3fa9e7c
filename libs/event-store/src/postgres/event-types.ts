import type { Pool } from 'pg';

/** Numbers of event types. They never change, so what is known once stays known. */
export class EventTypes {
  private readonly ids = new Map<string, number>();

  constructor(private readonly pool: Pool) {}

  /** Numbers of the types, in their order; types not met before are registered. */
  async idsOf(types: readonly string[]): Promise<readonly number[]> {
    const unknown = types.filter((type) => !this.ids.has(type));
    if (unknown.length > 0) await this.register([...new Set(unknown)]);
    return types.map((type) => this.ids.get(type) ?? Number.NaN);
  }

  private async register(types: readonly string[]): Promise<void> {
    await this.pool.query(
      `insert into event_store.types (name) select name from unnest($1::text[]) as t(name)
       where not exists (select from event_store.types known where known.name = t.name) on conflict do nothing`,
      [types],
    );
    const { rows } = await this.pool.query<{ id: number; name: string }>('select id, name from event_store.types where name = any($1)', [
      types,
    ]);
    for (const { id, name } of rows) this.ids.set(name, id);
  }
}
