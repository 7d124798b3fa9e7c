import type pg from 'pg';
import { TopicMismatch, UnknownTopic, type TopicDefinition } from '../port.js';

export interface Head {
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
}

/** Caches the head of each partition of a topic. Topics never change their partitions, so the cache never expires. */
export class Topics {
  private known = new Map<string, readonly Head[]>();

  constructor(private readonly pool: pg.Pool) {}

  /** @throws TopicMismatch where a topic exists with another count of partitions. */
  async ensure(definitions: readonly TopicDefinition[]): Promise<void> {
    for (const { name, partitions, cleanup, retentionMs } of definitions) {
      const kept = cleanup === 'delete' ? (retentionMs ?? null) : null;
      const sql = 'select bus.define_topic($1, $2, $3, $4) as found';
      const { rows } = await this.pool.query<{ found: number }>(sql, [name, partitions, cleanup === 'compact', kept]);
      const found = rows[0]?.found ?? 0;
      if (found !== partitions) throw new TopicMismatch(name, found, partitions);
    }
    await this.load();
  }

  /** Heads of a topic by partition. @throws UnknownTopic */
  async headsOf(topic: string): Promise<readonly Head[]> {
    const heads = this.known.get(topic) ?? (await this.load()).get(topic);
    if (!heads) throw new UnknownTopic(topic);
    return heads;
  }

  /** Head by id, of a topic asked for before. */
  head(id: number): Head | undefined {
    for (const heads of this.known.values()) {
      const found = heads.find((head) => head.id === id);
      if (found) return found;
    }
    return undefined;
  }

  private async load(): Promise<Map<string, readonly Head[]>> {
    const { rows } = await this.pool.query<Head>(
      'select h.id, t.name as topic, h.partition from bus.heads h join bus.topics t on t.id = h.topic_id order by t.name, h.partition',
    );
    const known = new Map<string, Head[]>();
    for (const head of rows) known.set(head.topic, [...(known.get(head.topic) ?? []), head]);
    this.known = known;
    return known;
  }
}
