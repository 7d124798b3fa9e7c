import { joined } from '@holdfast/kit';
import { COMMAND_RESULT_DAYS } from '../limits.js';
import type { Queries } from '../watch/postgres-checkpoint.js';
import type { RememberedResult, ResultMemory } from './result-memory.js';

const PER_TURN = 500;
const PRUNED_AT_ONCE = 10_000;

const FIND = `
  SELECT command_id::text AS id, request_hash AS "requestHash", outcome, value
  FROM reservation.command_results WHERE command_id = ANY($1::uuid[])`;

const REMEMBER = `
  INSERT INTO reservation.command_results (command_id, request_hash, outcome, value)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
  ON CONFLICT (command_id) DO NOTHING
  RETURNING command_id::text AS id`;

const FORGET = `
  DELETE FROM reservation.command_results WHERE ctid = ANY(array(
    SELECT ctid FROM reservation.command_results WHERE answered_at < now() - make_interval(days => $1) LIMIT $2))
  RETURNING 1`;

interface Row extends RememberedResult {
  readonly id: string;
}

/** Stores results in Postgres. Calls that arrive while a statement runs share the next statement. */
export class PostgresResults implements ResultMemory {
  readonly find: (commandId: string) => Promise<RememberedResult | undefined>;
  private readonly insert: (given: Row) => Promise<RememberedResult>;

  constructor(private readonly queries: Queries) {
    this.find = joined({ most: PER_TURN }, (ids) => this.findAll(ids));
    this.insert = joined({ most: PER_TURN }, (given) => this.insertAll(given));
  }

  remember(commandId: string, result: RememberedResult): Promise<RememberedResult> {
    return this.insert({ ...result, id: commandId });
  }

  /** Deletes results that are older than any redelivery. */
  async forget(): Promise<void> {
    let gone: number;
    do gone = (await this.queries.query(FORGET, [COMMAND_RESULT_DAYS, PRUNED_AT_ONCE])).rows.length;
    while (gone === PRUNED_AT_ONCE);
  }

  private async findAll(ids: readonly string[]): Promise<readonly (RememberedResult | undefined)[]> {
    const { rows } = await this.queries.query<Row>(FIND, [ids]);
    const found = new Map(rows.map(({ id, ...result }) => [id, result]));
    return ids.map((id) => found.get(id));
  }

  private async insertAll(given: readonly Row[]): Promise<readonly RememberedResult[]> {
    const columns = [
      given.map(({ id }) => id),
      given.map((one) => one.requestHash),
      given.map((one) => one.outcome),
      given.map((one) => one.value),
    ];
    const { rows } = await this.queries.query<{ id: string }>(REMEMBER, columns);
    const mine = new Set(rows.map(({ id }) => id));
    const earlier = given.filter(({ id }) => !mine.has(id)).map(({ id }) => id);
    const kept = earlier.length === 0 ? [] : await this.findAll(earlier);
    const keptById = new Map(earlier.map((id, index) => [id, kept[index]]));
    return given.map(({ id, ...result }) => keptById.get(id) ?? result);
  }
}
