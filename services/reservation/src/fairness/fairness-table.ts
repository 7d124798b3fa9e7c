import type { SkuRef } from '@holdfast/ledger';
import type { Page } from '@holdfast/platform';
import { FAIRNESS_KEPT_DAYS, FAIRNESS_KEPT_TURNS } from '../limits.js';
import type { Queries } from '../watch/postgres-checkpoint.js';
import type { Contender } from './contention.js';
import { readAgain, written, type WrittenContender } from './written-contender.js';

/** A turn of a SKU's queue in which several commands wanted units, or one was refused them. */
export interface ContendedTurn extends SkuRef {
  readonly process: string;
  /** Epoch milliseconds at which the turn ended. */
  readonly at: number;
  /** Of the SKU's stream after the turn; -1 for those turned away. */
  readonly revision: number;
  /** Times the turn was decided again because another process was first. */
  readonly retries: number;
  /** Commands of the SKU before this that were not written down, as too much came at once. */
  readonly missed: number;
  /** In the order in which they were served. */
  readonly contenders: readonly Contender[];
}

export interface ServedContender extends Contender, Pick<ContendedTurn, 'process' | 'revision' | 'retries'> {
  /** Place in the order served, from 1, within the span asked for. */
  readonly place: number;
  readonly servedAt: number;
}

export interface FairnessSummary {
  readonly contenders: number;
  readonly granted: number;
  readonly waiting: number;
  readonly refused: number;
  readonly repeated: number;
  readonly turnedAway: number;
  /** In turns that were decided again because another process was first. */
  readonly retried: number;
  readonly missed: number;
  /** Number of contenders that were served after a later arrival of the same process. */
  readonly inversions: number;
}

/** From (inclusive) and to (exclusive), epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

// The statement does not wait for the disk: the log may lose its last rows.
// One text for all contenders costs a fraction of a list of texts.
const WRITE = `
  INSERT INTO reservation.contended_turns (tenant, sku, process, at, revision, retries, missed, contenders)
  SELECT given.* FROM ROWS FROM (
    unnest($1::text[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::integer[], $7::integer[]), json_array_elements($8::json)) AS given
  CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS quick`;

const SPAN = `
  turns AS (
    SELECT * FROM reservation.contended_turns WHERE tenant = $1 AND sku = $2 AND at >= $3::bigint AND at < $4::bigint),
  places AS (
    SELECT row_number() OVER (ORDER BY turn.at, turn.revision, turn.id, one.ordinality) AS place, turn.process, turn.at, turn.revision, turn.retries,
           one.value AS contender, (one.value->>0)::bigint AS arrival, one.value->>2 AS outcome
    FROM turns AS turn CROSS JOIN LATERAL json_array_elements(turn.contenders) WITH ORDINALITY AS one)`;

const PAGE = `
  WITH ${SPAN}
  SELECT place::integer, process, at::text, revision::integer, retries, contender FROM places ORDER BY place LIMIT $5 OFFSET $6`;

const SUMMARY = `
  WITH ${SPAN},
  served AS (
    SELECT arrival < max(arrival) OVER (PARTITION BY process ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS overtaken
    FROM places WHERE outcome <> 'turned_away')
  SELECT count(*)::integer AS contenders,
         count(*) FILTER (WHERE outcome = 'granted')::integer AS granted,
         count(*) FILTER (WHERE outcome = 'waiting')::integer AS waiting,
         count(*) FILTER (WHERE outcome = 'refused')::integer AS refused,
         count(*) FILTER (WHERE outcome = 'repeated')::integer AS repeated,
         count(*) FILTER (WHERE outcome = 'turned_away')::integer AS "turnedAway",
         count(*) FILTER (WHERE retries > 0)::integer AS retried,
         (SELECT coalesce(sum(missed), 0)::integer FROM turns) AS missed,
         (SELECT count(*) FILTER (WHERE overtaken)::integer FROM served) AS inversions
  FROM places`;

const FORGET = `
  DELETE FROM reservation.contended_turns
  WHERE at < $1::bigint OR id <= (SELECT coalesce(max(id), 0) FROM reservation.contended_turns) - $2::bigint`;

interface PlaceRow {
  readonly place: number;
  readonly process: string;
  readonly at: string;
  readonly revision: number;
  readonly retries: number;
  readonly contender: WrittenContender;
}

const DAY_MS = 86_400_000;

/** Contended turns in Postgres. */
export class FairnessTable {
  constructor(private readonly queries: Queries) {}

  async write(turns: readonly ContendedTurn[]): Promise<void> {
    const column = <Value>(pick: (turn: ContendedTurn) => Value): Value[] => turns.map(pick);
    await this.queries.query(WRITE, [
      column(({ tenant }) => tenant),
      column(({ sku }) => sku),
      column(({ process }) => process),
      column(({ at }) => at),
      column(({ revision }) => revision),
      column(({ retries }) => retries),
      column(({ missed }) => missed),
      JSON.stringify(column(({ contenders }) => contenders.map(written))),
    ]);
  }

  async page({ tenant, sku }: SkuRef, { from, to }: Span, { pageSize, offset }: Page): Promise<readonly ServedContender[]> {
    const { rows } = await this.queries.query<PlaceRow>(PAGE, [tenant, sku, from, to, pageSize, offset]);
    return rows.map(({ contender, at, ...turn }) => ({ ...turn, ...readAgain(contender), servedAt: Number(at) }));
  }

  async summary({ tenant, sku }: SkuRef, { from, to }: Span): Promise<FairnessSummary> {
    const { rows } = await this.queries.query<FairnessSummary>(SUMMARY, [tenant, sku, from, to]);
    const [summary] = rows;
    if (summary === undefined) throw new Error('a count gave no row');
    return summary;
  }

  /** Forgets what is too old, and the oldest where there is too much. @param now epoch milliseconds */
  async forget(now: number): Promise<void> {
    await this.queries.query(FORGET, [now - FAIRNESS_KEPT_DAYS * DAY_MS, FAIRNESS_KEPT_TURNS]);
  }
}
