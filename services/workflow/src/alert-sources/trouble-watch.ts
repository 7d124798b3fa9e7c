import { cloudEvent, TOPICS, type WarehouseAlert, type WarehouseAlertMessage } from '@holdfast/contracts';
import { inTransaction, uuidOf, type Chore } from '@holdfast/kit';
import { troubleChanges } from '@holdfast/warehouse';
import type { Pool, PoolClient } from 'pg';
import { enqueue, type Parcel } from '../outbox/outbox.js';
import type { AlertSource, Trouble } from './alert-source.js';

/** Troubles of one kind that are told at once, of each tenant; the next look tells the next. */
const MOST_TROUBLES = 1_000;
/** What is told once of a subject is not told again within this time, though it was over meanwhile. */
const ONCE_DAYS = 60;

const TURN = `SELECT pg_try_advisory_xact_lock(hashtextextended('holdfast alerts of ' || $1, 0)) AS mine`;
const TOLD = `
  SELECT tenant, subject, stage, figure::float8 AS figure, extract(epoch FROM since)::float8 * 1000 AS since, details
    FROM workflow.alert_trouble WHERE kind = $1`;
const BEGIN = `
  INSERT INTO workflow.alert_trouble (kind, tenant, subject, stage, figure, since, details, told_at)
  SELECT $1, tenant, subject, stage, figure, to_timestamp(since / 1000), details, to_timestamp($2::float8 / 1000)
    FROM unnest($3::text[], $4::text[], $5::int[], $6::bigint[], $7::float8[], $8::jsonb[])
      AS t (tenant, subject, stage, figure, since, details)`;
const END = `
  DELETE FROM workflow.alert_trouble a USING unnest($2::text[], $3::text[], $4::int[]) AS t (tenant, subject, stage)
   WHERE a.kind = $1 AND a.tenant = t.tenant AND a.subject = t.subject AND a.stage = t.stage`;
const FORGET = `
  DELETE FROM workflow.alert_trouble WHERE kind = $1 AND told_at < to_timestamp($2::float8 / 1000) - ${String(ONCE_DAYS)} * interval '1 day'`;

/** Looks for troubles of work and goods and tells each once when it begins and once when it is over. What was told and the message are one transaction. */
export class TroubleWatch {
  constructor(
    private readonly pool: Pool,
    private readonly wakePublisher: () => void,
    private readonly now: () => number,
  ) {}

  chore(source: AlertSource): Chore {
    return { name: `alerts ${source.kind}`, everyMs: source.everyMs, run: () => this.look(source) };
  }

  /**
   * Of several processes one looks at a time, so that none compares with what another has told meanwhile.
   * @returns whether it looked: not where another was at it
   */
  async look(source: AlertSource): Promise<boolean> {
    const told = await inTransaction(this.pool, async (client) => {
      const turn = await client.query<{ mine: boolean }>(TURN, [source.kind]);
      return turn.rows[0]?.mine === true ? compare(client, source, this.now()) : undefined;
    });
    if (told !== undefined && told > 0) this.wakePublisher();
    return told !== undefined;
  }
}

/** @returns messages enqueued */
async function compare(client: PoolClient, source: AlertSource, now: number): Promise<number> {
  const { kind, isToldOnce = false } = source;
  const told = (await client.query<Trouble>(TOLD, [kind])).rows;
  const keys = new Set(told.map(({ tenant, subject }) => JSON.stringify([tenant, subject])));
  const isTold = (tenant: string, subject: string): boolean => keys.has(JSON.stringify([tenant, subject]));
  const seen = await source.troubles(client, now, { most: MOST_TROUBLES, isTold });
  const { begins, ends } = troubleChanges(seen, told, () => !isToldOnce);
  if (begins.length > 0)
    await client.query(BEGIN, [
      kind,
      now,
      ...keysOf(begins),
      begins.map(({ figure }) => figure),
      begins.map(({ since }) => since),
      begins.map(({ details = {} }) => JSON.stringify(details)),
    ]);
  if (ends.length > 0) await client.query(END, [kind, ...keysOf(ends)]);
  if (isToldOnce) await client.query(FORGET, [kind, now]);
  const parcels = [
    ...begins.map((trouble) => parcelOf(trouble, { kind }, now)),
    ...ends.map((trouble) => parcelOf(trouble, { kind: 'recovered', recoveredFrom: kind }, now)),
  ];
  await enqueue(client, parcels);
  return parcels.length;
}

const keysOf = (troubles: readonly Trouble[]) => [
  troubles.map(({ tenant }) => tenant),
  troubles.map(({ subject }) => subject),
  troubles.map(({ stage }) => stage),
];

function parcelOf(
  { tenant, subject, stage, figure, since, details }: Trouble,
  what: Pick<WarehouseAlert, 'kind' | 'recoveredFrom'>,
  now: number,
): Parcel {
  const message: WarehouseAlertMessage = cloudEvent({
    id: uuidOf(`alert|trouble|${JSON.stringify([tenant, what, subject, stage, now])}`),
    source: 'holdfast/workflow',
    type: 'holdfast.warehouse.alert.v1',
    subject,
    at: now,
    tenant,
    data: { ...what, subject, figure: what.kind === 'recovered' ? 0 : figure, since: new Date(since).toISOString(), ...details },
  });
  return { topic: TOPICS.alerts.name, key: `${tenant}|${subject}`, value: JSON.stringify(message) };
}
