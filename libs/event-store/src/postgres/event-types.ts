import type { Pool } from 'pg';

/** Numbers of event types. They never change, so they are cached without expiry. */
export class EventTypes {
  private readonly ids = new Map<string, number>();

  constructor(private readonly pool: Pool) {}

  /** Numbers of the types, in their order; new types are registered. */
  async idsOf(types: readonly string[]): Promise<readonly number[]> {
    const unknown = types.filter((type) => !this.ids.has(type));
    if (unknown.length > 0) await this.register([...new Set(unknown)]);
    return types.map((type) => this.idOf(type));
  }

  private idOf(type: string): number {
    const id = this.ids.get(type);
    if (id === undefined) throw new Error(`the event type ${type} was not registered`);
    return id;
  }

  private async register(types: readonly string[]): Promise<void> {
    const { rows } = await this.pool.query<{ id: number; name: string }>('select id, name from event_store.type_ids($1)', [types]);
    for (const { id, name } of rows) this.ids.set(name, id);
  }
}
