import { sqlIsKeptByChannel } from '@holdfast/inventory';
import type { ClientBase } from 'pg';
import { readEvent } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { DEFAULT_POLICY } from '@holdfast/inventory';
import type { ChannelEvent } from '@holdfast/inventory';
import { momentOf } from '../fold/moment.js';
import type { ChannelRow } from '../fold/rows.js';
import { Unprojectable } from '../set-aside/turn-failed.js';

/** The row of a channel after a recorded event of it. @throws Unprojectable when the event cannot be read or applied */
export function channelAfter(known: (channelId: string) => ChannelRow | undefined, recorded: RecordedEvent): ChannelRow {
  try {
    const projected = readEvent(recorded);
    if (projected.family !== 'channels') throw new Error(`${recorded.stream} is no stream of channels`);
    return rowAfter(known(projected.event.channelId), projected.event, recorded);
  } catch (error) {
    throw new Unprojectable(recorded, error);
  }
}

function rowAfter(before: ChannelRow | undefined, event: ChannelEvent, recorded: RecordedEvent): ChannelRow {
  const moment = momentOf(recorded);
  const times = { position: moment.position, createdAt: before?.createdAt ?? moment.recordedAt, updatedAt: moment.recordedAt };
  const key = { tenant: moment.tenant, channelId: event.channelId };
  if (event.type === 'ChannelDisabled') {
    const known = before ?? { ...key, name: event.channelId, channelType: 'unknown', ...DEFAULT_POLICY };
    return { ...known, ...times, enabled: false };
  }
  return { ...key, name: event.name, channelType: event.channelType, enabled: true, ...event.policy, ...times };
}

/** Writes the channel and what it may promise of every SKU of the tenant, inside the client's transaction. */
export async function writeChannel(client: ClientBase, schema: string, channel: ChannelRow): Promise<void> {
  await client.query(
    `INSERT INTO ${schema}.channels (tenant, channel_id, name, channel_type, enabled, policy_id, buffer_units, buffer_percent,
                                     low_threshold, critical_threshold, position, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (tenant, channel_id) DO UPDATE SET
       name = EXCLUDED.name, channel_type = EXCLUDED.channel_type, enabled = EXCLUDED.enabled, policy_id = EXCLUDED.policy_id,
       buffer_units = EXCLUDED.buffer_units, buffer_percent = EXCLUDED.buffer_percent, low_threshold = EXCLUDED.low_threshold,
       critical_threshold = EXCLUDED.critical_threshold, position = EXCLUDED.position, updated_at = EXCLUDED.updated_at`,
    [
      channel.tenant,
      channel.channelId,
      channel.name,
      channel.channelType,
      channel.enabled,
      channel.policyId,
      channel.bufferUnits,
      channel.bufferPercent,
      channel.lowThreshold,
      channel.criticalThreshold,
      channel.position,
      new Date(channel.createdAt),
      new Date(channel.updatedAt),
    ],
  );
  if (channel.enabled) await promiseAnew(client, schema, channel);
  else await promiseNothing(client, schema, channel);
}

/** What a channel may promise follows from its policy; position and time are those of the change. */
type PromisingChannel = Pick<ChannelRow, 'tenant' | 'channelId' | 'bufferUnits' | 'bufferPercent' | 'position' | 'updatedAt'>;

/** The most units of channel $2: by the SKU's limits, or the free ones that no location owes. The same as `boundOfChannel` and `unowedUnits`. */
const MOST = `CASE WHEN limits IS NULL THEN greatest(0, sum(unpromised))
                   ELSE (coalesce(limits->'channels'->$2, limits->'others')->>'units')::bigint END`;

/** @param locationId only SKUs that lie or lay there; default all */
export async function promiseAnew(client: ClientBase, schema: string, channel: PromisingChannel, locationId?: string): Promise<void> {
  await client.query(
    `INSERT INTO ${schema}.channel_atp AS a (tenant, sku, channel_id, atp, locations, version, position, created_at, updated_at)
     SELECT tenant, sku, $2, least(sum(units), ${MOST})::bigint,
            coalesce(jsonb_object_agg(location_id, units) FILTER (WHERE units > 0), '{}'), 1, $5, $6, $6
     FROM (SELECT s.tenant, s.sku, location_id, on_hand - held - reserved AS unpromised, p.limits,
                  ${schema}.promisable_units(on_hand - held - reserved, safety_stock, $3, $4) AS units
           FROM ${schema}.stock s LEFT JOIN ${schema}.products p ON p.tenant = s.tenant AND p.sku = s.sku
           WHERE s.tenant = $1 AND NOT ${sqlIsKeptByChannel('location_id')}
             AND ($7::text IS NULL OR s.sku IN (SELECT sku FROM ${schema}.stock WHERE tenant = $1 AND location_id = $7))) parts
     GROUP BY tenant, sku, limits
     ON CONFLICT (tenant, sku, channel_id) DO UPDATE
       SET atp = EXCLUDED.atp, locations = EXCLUDED.locations, version = a.version + 1, position = EXCLUDED.position,
           updated_at = EXCLUDED.updated_at
       WHERE (a.atp, a.locations) <> (EXCLUDED.atp, EXCLUDED.locations)`,
    [
      channel.tenant,
      channel.channelId,
      channel.bufferUnits,
      channel.bufferPercent,
      channel.position,
      new Date(channel.updatedAt),
      locationId ?? null,
    ],
  );
}

/** A disabled channel promises nothing; its rows stay, so that versions go on when it is enabled again. */
async function promiseNothing(client: ClientBase, schema: string, channel: ChannelRow): Promise<void> {
  await client.query(
    `UPDATE ${schema}.channel_atp SET atp = 0, locations = '{}', version = version + 1, position = $3, updated_at = $4
     WHERE tenant = $1 AND channel_id = $2 AND (atp, locations) <> (0, '{}'::jsonb)`,
    [channel.tenant, channel.channelId, channel.position, new Date(channel.updatedAt)],
  );
}
