import type { PoolClient } from 'pg';

export interface Parcel {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
}

/** Puts messages beside their cause, in its transaction: both come about or neither does. */
export async function enqueue(client: PoolClient, parcels: readonly Parcel[]): Promise<void> {
  if (parcels.length === 0) return;
  await client.query({
    name: 'enqueue',
    text: `INSERT INTO workflow.outbox (topic, key, value)
           SELECT topic, key, value FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS p (topic, key, value, place) ORDER BY place`,
    values: [parcels.map(({ topic }) => topic), parcels.map(({ key }) => key), parcels.map(({ value }) => value)],
  });
}
