import type { ClientBase, Pool } from 'pg';
import type { Position, RecordedEvent } from '@holdfast/event-store';
import { checkedSchema } from '../schema-name.js';
import { inTransaction } from '@holdfast/kit';
import type { Unprojectable } from './turn-failed.js';

/** A stream that is not projected any further, and the event that is the reason. */
export interface SetAsideStream {
  readonly stream: string;
  readonly tenant: string;
  /** Revision of the event; the rows show the stream before it. */
  readonly revision: number;
  readonly position: Position;
  readonly eventId: string;
  readonly eventType: string;
  readonly error: string;
  readonly setAsideAt: Date;
}

/** Postgres keeps no NUL in a text, and what cannot be projected may hold one. */
const storable = (text: string): string => text.replaceAll('\u0000', '\ufffd');

/** The streams that are set aside in a schema, as `Projection` asks for each event. */
export class SetAsideStreams {
  private constructor(private readonly revisions: ReadonlyMap<string, number>) {}

  static async read(pool: Pool, schema: string): Promise<SetAsideStreams> {
    return new SetAsideStreams(new Map((await listSetAside(pool, schema)).map(({ stream, revision }) => [stream, revision])));
  }

  get size(): number {
    return this.revisions.size;
  }

  /** Whether the event is the one that cannot be projected, or comes after it in its stream. */
  has({ stream, revision }: RecordedEvent): boolean {
    const from = this.revisions.get(stream);
    return from !== undefined && revision >= from;
  }

  without(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    return this.size === 0 ? events : events.filter((event) => !this.has(event));
  }
}

/** All that is set aside, oldest first; for operators and the health report. */
export async function listSetAside(database: Pool | ClientBase, schema: string): Promise<readonly SetAsideStream[]> {
  const { rows } = await database.query<Omit<SetAsideStream, 'position'> & { position: string }>(
    `SELECT stream, tenant, revision::float8 AS revision, position, event_id AS "eventId", event_type AS "eventType", error,
            set_aside_at AS "setAsideAt"
     FROM ${checkedSchema(schema)}.set_aside ORDER BY position`,
  );
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}

/**
 * Sets the stream of an event aside and fences the present writer of the tables, so that every projector reads the new list.
 * @returns false when the tables reflect the event already, because another projector could apply it
 */
export async function setAside(pool: Pool, schema: string, { event, cause }: Unprojectable): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const text = `UPDATE ${schema}.checkpoint SET epoch = epoch + 1 WHERE id = 1 AND position < $1`;
    const { rowCount } = await client.query(text, [event.position]);
    if (rowCount !== 1) return false;
    await client.query(
      `INSERT INTO ${schema}.set_aside AS s (stream, tenant, revision, position, event_id, event_type, error) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (stream) DO UPDATE SET revision = EXCLUDED.revision, position = EXCLUDED.position, event_id = EXCLUDED.event_id,
         event_type = EXCLUDED.event_type, error = EXCLUDED.error, set_aside_at = EXCLUDED.set_aside_at
       WHERE EXCLUDED.revision < s.revision`,
      [
        event.stream,
        storable(String(event.metadata.tenant)),
        event.revision,
        event.position,
        event.id,
        storable(event.type),
        storable(cause instanceof Error ? cause.message : String(cause)),
      ],
    );
    return true;
  });
}
