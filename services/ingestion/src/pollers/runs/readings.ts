import { cloudEvent, TOPICS, type ErpReading, type ErpReadingMessage } from '@holdfast/contracts';
import type { Chore } from '@holdfast/kit';
import type { Bus } from '@holdfast/messaging';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { LEAST_BOUND_MS, SILENT_INTERVALS } from './silence.js';

/** A reading as it is and as it was told. Locations are those that warehouses of the connection are mapped to. */
const CHANGED = `
  WITH pollers AS (
    SELECT p.tenant, p.connection_id,
           jsonb_build_object(
             'connectionId', p.connection_id,
             'locationIds', coalesce((SELECT jsonb_agg(DISTINCT m.location_id) FROM ingestion.warehouse_mappings m
                                       WHERE m.tenant = p.tenant AND m.connection_id = p.connection_id), '[]'),
             'asOf', to_char(to_timestamp(p.read_as_of / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'staleAfterSeconds', ceil(greatest($1, p.interval_ms * $2) / 1000.0)::bigint) AS reading
      FROM ingestion.pollers p)
  SELECT tenant, connection_id AS "connectionId", jsonb_strip_nulls(p.reading) AS reading
    FROM pollers p FULL JOIN ingestion.poll_readings told USING (tenant, connection_id)
   WHERE jsonb_strip_nulls(p.reading) IS DISTINCT FROM told.reading`;

const TOLD = `
  INSERT INTO ingestion.poll_readings (tenant, connection_id, reading) VALUES ($1, $2, $3)
  ON CONFLICT (tenant, connection_id) DO UPDATE SET reading = excluded.reading`;
const FORGOTTEN = 'DELETE FROM ingestion.poll_readings WHERE tenant = $1 AND connection_id = $2';

interface Changed {
  readonly tenant: string;
  readonly connectionId: string;
  /** Null: the connection is not polled any more. */
  readonly reading: ErpReading | null;
}

/** Tells the topic of readings how far each polled connection was read, whenever that, its locations or its bound changed. */
export class Readings {
  constructor(
    private readonly pool: Pool,
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly now: () => number,
  ) {}

  chore(everyMs: number): Chore {
    return { name: 'erp_readings', everyMs, run: () => this.look() };
  }

  /** A death between message and row tells the same once more. */
  async look(): Promise<void> {
    const { rows } = await this.pool.query<Changed>(CHANGED, [LEAST_BOUND_MS, SILENT_INTERVALS]);
    for (const row of rows) {
      const { tenant, connectionId, reading } = row;
      await this.bus.publish(TOPICS.erpReadings.name, [{ key: `${tenant}|${connectionId}`, value: this.messageOf(row) }]);
      if (reading === null) await this.pool.query(FORGOTTEN, [tenant, connectionId]);
      else await this.pool.query(TOLD, [tenant, connectionId, JSON.stringify(reading)]);
    }
  }

  private messageOf({ tenant, connectionId, reading }: Changed): string | null {
    if (reading === null) return null;
    const message: ErpReadingMessage = cloudEvent({
      id: randomUUID(),
      source: 'holdfast/ingestion',
      type: 'holdfast.erp.reading.v1',
      subject: connectionId,
      at: this.now(),
      tenant,
      data: reading,
    });
    return JSON.stringify(message);
  }
}
