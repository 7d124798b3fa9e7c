import type { Pool } from 'pg';
import type { EventStore, Position } from '@holdfast/event-store';
import type { Bin, Location } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { BinContents, BinSituation, BinState, BinUnits } from '@holdfast/warehouse';
import { awaitPosition } from '../following/await-position.js';
import type { BinRef, BinStreams } from './bin-streams.js';
import { streamOfBin } from './bin-streams.js';

type SkuRevision = BinContents['revisions'][number];

interface Lying {
  readonly binId: string;
  readonly sku: string;
  readonly lotId: string;
  readonly units: string | number;
}

const LYING = `
  SELECT bin_id AS "binId", sku, lot_id AS "lotId", units FROM workflow.bin_content
   WHERE tenant = $1 AND location_id = $2 AND bin_id = ANY($3)
   ORDER BY bin_id, sku, lot_id`;
const CLAIMS = `SELECT bin_id AS "binId", state FROM workflow.bin_claim WHERE tenant = $1 AND location_id = $2 AND bin_id = ANY($3) AND is_open`;
const REVISIONS = 'SELECT sku, revision FROM workflow.bin_stock WHERE tenant = $1 AND sku = ANY($2)';

/** Both in one statement, so that the revisions are those of the contents. */
const ONE_BIN = `
  SELECT coalesce((SELECT json_agg(json_build_object('binId', bin_id, 'sku', sku, 'lotId', lot_id, 'units', units))
                     FROM workflow.bin_content WHERE tenant = $1 AND location_id = $2 AND bin_id = $3), '[]') AS lying,
         coalesce((SELECT json_agg(json_build_object('sku', sku, 'revision', revision))
                     FROM workflow.bin_stock WHERE tenant = $1 AND sku = ANY($4)), '[]') AS revisions`;

/** What lies in bins and is on its way there, as far as the follower has read. */
export class BinFacts {
  constructor(
    private readonly pool: Pool,
    private readonly eventStore: EventStore,
    private readonly streams: BinStreams,
    private readonly ledger: Pick<SkuLedger, 'read'>,
    private readonly reached: () => Position,
  ) {}

  /** Waits for all that is stored now: what was put into a bin before counts. @throws Problem 412 `position_not_reached` */
  async upToDate(): Promise<void> {
    await awaitPosition(this.reached, await this.eventStore.head());
  }

  /** @throws Problem 412 `position_not_reached` */
  async atLeast(wanted: Position | undefined): Promise<Position> {
    await awaitPosition(this.reached, wanted);
    return this.reached();
  }

  /**
   * What lies in one bin now, with the revisions of the SKUs that the bin is still waiting to see.
   * @throws Problem 412 `position_not_reached`
   */
  async contents(ref: BinRef): Promise<BinContents> {
    const { unseen } = (await this.streams.read(streamOfBin(ref))).record.state;
    const skus = [...new Set(unseen.map(({ sku }) => sku))];
    const ends = await this.ends(ref.tenant, skus);
    await this.upToDate();
    const values = [ref.tenant, ref.locationId, ref.binId, skus];
    const { rows } = await this.pool.query<{ lying: readonly Lying[]; revisions: BinContents['revisions'] }>(ONE_BIN, values);
    const seen = new Map(ends.map(({ sku, revision }) => [sku, revision]));
    for (const { sku, revision } of rows[0]?.revisions ?? []) seen.set(sku, Math.max(revision, seen.get(sku) ?? -1));
    const revisions = [...seen].map(([sku, revision]) => ({ sku, revision }));
    return { units: (rows[0]?.lying ?? []).map(unitsOf), revisions };
  }

  /** The bins that are given with the location. A hint: the stream of each bin decides. */
  async situations(tenant: string, { locationId, bins = [] }: Location): Promise<readonly BinSituation[]> {
    const place = [tenant, locationId, bins.map(({ binId }) => binId)];
    const claims = await this.pool.query<{ binId: string; state: BinState }>(CLAIMS, place);
    const seen = await this.seen(
      tenant,
      claims.rows.flatMap(({ state }) => state.unseen),
    );
    const contents = new Map<string, BinUnits[]>();
    for (const row of (await this.pool.query<Lying>(LYING, place)).rows) {
      const there = contents.get(row.binId);
      if (there === undefined) contents.set(row.binId, [unitsOf(row)]);
      else there.push(unitsOf(row));
    }
    const states = new Map(claims.rows.map(({ binId, state }) => [binId, state]));
    return bins.map((bin: Bin) => ({
      bin,
      contents: contents.get(bin.binId) ?? [],
      claims: comingTo(states.get(bin.binId), seen),
    }));
  }

  /** Up to which revision the contents, where they are read after this, reflect the SKUs of these moves. */
  private async seen(tenant: string, unseen: BinState['unseen']): Promise<ReadonlyMap<string, number>> {
    const skus = [...new Set(unseen.map(({ sku }) => sku))];
    const { rows } = await this.pool.query<SkuRevision>(REVISIONS, [tenant, skus]);
    const seen = new Map(rows.map(({ sku, revision }) => [sku, revision]));
    const waiting = new Set(unseen.filter((move) => (seen.get(move.sku) ?? -1) < move.skuRevision).map(({ sku }) => sku));
    const ends = await this.ends(tenant, [...waiting]);
    const reached = this.reached();
    for (const { sku, revision, position } of ends) if (position <= reached) seen.set(sku, revision);
    return seen;
  }

  /**
   * The newest event of each SKU. The contents have revisions only of events that name bins; what a move is recorded with may be a later
   * one, such as a reservation's.
   */
  private ends(tenant: string, skus: readonly string[]): Promise<readonly (SkuRevision & { readonly position: Position })[]> {
    return Promise.all(
      skus.map(async (sku) => {
        const { revision, position } = await this.ledger.read({ tenant, sku });
        return { sku, revision, position };
      }),
    );
  }
}

const unitsOf = ({ sku, lotId, units }: Lying): BinUnits => ({ sku, ...(lotId === '' ? {} : { lotId }), units: Number(units) });

function comingTo(state: BinState | undefined, seen: ReadonlyMap<string, number>): readonly BinUnits[] {
  if (state === undefined) return [];
  const lot = (lotId: string | undefined) => (lotId === undefined ? {} : { lotId });
  const moved = state.unseen.filter(({ sku, skuRevision }) => (seen.get(sku) ?? -1) < skuRevision);
  return [
    ...state.claims.map(({ sku, lotId, open }) => ({ sku, ...lot(lotId), units: open })),
    ...moved.map(({ sku, lotId, units }) => ({ sku, ...lot(lotId), units })),
  ];
}
