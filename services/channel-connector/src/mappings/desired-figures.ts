import type { Pool } from 'pg';
import { joined, leavingOutRefused } from '@holdfast/kit';
import { recordingMissing } from '../history/missing-mappings.js';
import { figureAtPlaces } from './figure-at-places.js';

/** What a channel may promise of a SKU, as the topic says it. */
export interface DesiredFigure {
  readonly tenant: string;
  readonly channelId: string;
  readonly sku: string;
  readonly quantity: number;
  /** The figure by location; null where the message does not tell it. */
  readonly parts: Readonly<Record<string, number>> | null;
  /** Place in the event log that the figure reflects, decimal. */
  readonly position: string;
  readonly version: number;
}

/** A figure and where its units lie, by our locations. */
export interface PlacedFigure {
  readonly quantity: number;
  readonly parts: Readonly<Record<string, number>>;
}

const MAPS_PLACES = `EXISTS (SELECT 1 FROM channels.channel c WHERE c.tenant = l.tenant AND c.channel_id = l.channel_id AND c.locations <> '[]')`;

/** Where units lie matters only to a channel that maps places. */
const CHANGED = `(l.quantity IS DISTINCT FROM excluded.quantity OR (l.parts IS DISTINCT FROM excluded.parts AND ${MAPS_PLACES}))`;

/** A zero, or a scarce figure, that is lower than what the channel shows: of a channel that maps places, at these. */
const URGENT = `(l.listing_id IS NOT NULL AND excluded.figure < coalesce(l.sent_quantity, excluded.figure + 1)
      AND (excluded.figure = 0 OR excluded.figure <= (
        SELECT c.low_threshold FROM channels.channel c WHERE c.tenant = l.tenant AND c.channel_id = l.channel_id)))`;

/** Figures that are remembered: a call whose outcome nobody wrote down, because its process died, may still bring one of them to the channel. */
export const MOST_RECENT = 16;

/** The channel has confirmed the figure that is replaced; as `isConfirmed` of the view. */
const CONFIRMED = `(l.shown_at IS NOT NULL AND l.sent_version = l.version AND l.pending_reference IS NULL AND l.conflict_id IS NULL AND l.fault IS NULL)`;

/**
 * A figure replaces another when it reflects a later place in the log. The topic's version decides only between equals: it may begin anew
 * after a rebuild, the log never does. An equal figure changes nothing.
 */
const UPSERT = `
  INSERT INTO channels.listing AS l (tenant, channel_id, sku, quantity, parts, atp_position, atp_version, figure)
  SELECT f.tenant, f.channel_id, f.sku, f.quantity, f.parts, f.position, f.version, ${figureAtPlaces('f', 'c')}
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::jsonb[], $6::bigint[], $7::bigint[])
      AS f (tenant, channel_id, sku, quantity, parts, position, version)
    LEFT JOIN channels.channel c ON c.tenant = f.tenant AND c.channel_id = f.channel_id
   ORDER BY f.tenant, f.channel_id, f.sku
  ON CONFLICT (tenant, channel_id, sku) DO UPDATE SET
    recent = CASE
      WHEN coalesce(l.figure, l.quantity) <> excluded.figure
      THEN (array_prepend(coalesce(l.figure, l.quantity), l.recent))[1:${String(MOST_RECENT)}]
      ELSE l.recent
    END,
    recent_places = CASE
      WHEN ${CHANGED} AND l.parts IS NOT NULL AND ${MAPS_PLACES}
      THEN (array_prepend(jsonb_build_object('quantity', l.quantity, 'parts', l.parts), l.recent_places))[1:${String(MOST_RECENT)}]
      ELSE l.recent_places
    END,
    confirmed_position = CASE WHEN ${CHANGED} AND ${CONFIRMED} THEN l.atp_position ELSE l.confirmed_position END,
    former_versions = CASE
      WHEN ${CHANGED} AND l.atp_position IS NOT NULL THEN (ARRAY[ARRAY[l.version, l.atp_position]] || l.former_versions)[1:${String(MOST_RECENT)}]
      ELSE l.former_versions
    END,
    quantity = excluded.quantity,
    figure = excluded.figure,
    parts = excluded.parts,
    atp_position = excluded.atp_position,
    atp_version = excluded.atp_version,
    version = CASE WHEN ${CHANGED} THEN nextval('channels.listing_version') ELSE l.version END,
    urgent = CASE WHEN ${CHANGED} THEN ${URGENT} ELSE l.urgent END,
    due_at = CASE
      WHEN l.listing_id IS NOT NULL AND ${CHANGED} THEN CASE WHEN ${URGENT} THEN least(l.due_at, now()) ELSE coalesce(l.due_at, now()) END
      ELSE l.due_at
    END
  WHERE l.atp_position IS NULL OR (excluded.atp_position, excluded.atp_version) > (l.atp_position, l.atp_version)
  RETURNING tenant, channel_id, sku, listing_id IS NOT NULL AS mapped`;

/** A figure waits so long for others to be stored with it. */
const GATHER_MS = 10;

/** The way from the topic to the listings: stores figures and wakes the delivery where there is something to tell. */
export class DesiredFigures {
  private readonly together = joined<readonly DesiredFigure[], void>(
    { most: Number.POSITIVE_INFINITY, lingerMs: GATHER_MS },
    async (batches) => {
      await leavingOutRefused(batches.flat(), (figures) => this.storeAll(figures), this.onRefused);
      return batches.map(() => undefined);
    },
  );

  constructor(
    private readonly pool: Pool,
    private readonly wakeDelivery: () => void,
    /** Told of a figure that can never be stored, and is left out. */
    private readonly onRefused: (figure: DesiredFigure, error: unknown) => void,
  ) {}

  async store(figures: readonly DesiredFigure[]): Promise<void> {
    if (figures.length > 0) await this.together(figures);
  }

  private async storeAll(figures: readonly DesiredFigure[]): Promise<void> {
    if ((await storeDesiredFigures(this.pool, figures)) > 0) this.wakeDelivery();
  }
}

/** Figures and what was skipped, in one statement: both are written, or neither. */
const STORE = `
  WITH stored AS (${UPSERT}),
  ${recordingMissing('(SELECT tenant, channel_id, sku FROM stored WHERE NOT mapped)', 'false')}
  SELECT count(*)::int AS mapped FROM stored WHERE mapped`;

/** Stores the newest figures. @returns how many mapped listings a newer figure reached */
export async function storeDesiredFigures(pool: Pool, figures: readonly DesiredFigure[]): Promise<number> {
  const newest = newestOfEach(figures);
  if (newest.length === 0) return 0;
  const { rows } = await pool.query<{ mapped: number }>({
    name: 'store-desired-figures',
    text: STORE,
    values: [
      newest.map(({ tenant }) => tenant),
      newest.map(({ channelId }) => channelId),
      newest.map(({ sku }) => sku),
      newest.map(({ quantity }) => quantity),
      newest.map(({ parts }) => (parts === null ? null : JSON.stringify(parts))),
      newest.map(({ position }) => position),
      newest.map(({ version }) => version),
    ],
  });
  return rows[0]?.mapped ?? 0;
}

/** A statement may not touch a row twice; of several figures of one listing in a batch only the newest counts. */
export function newestOfEach(figures: readonly DesiredFigure[]): readonly DesiredFigure[] {
  const newest = new Map<string, DesiredFigure>();
  for (const figure of figures) {
    const key = JSON.stringify([figure.tenant, figure.channelId, figure.sku]);
    const known = newest.get(key);
    if (known === undefined || isNewer(figure, known)) newest.set(key, figure);
  }
  return [...newest.values()];
}

function isNewer(one: DesiredFigure, other: DesiredFigure): boolean {
  const [onePosition, otherPosition] = [BigInt(one.position), BigInt(other.position)];
  return onePosition === otherPosition ? one.version > other.version : onePosition > otherPosition;
}
