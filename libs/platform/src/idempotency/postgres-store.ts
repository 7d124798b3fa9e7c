import { joined } from '@holdfast/kit';
import type { IdempotencyStore, RememberedAnswer, Remembering } from './store.js';
import { WrittenSoon } from './written-soon.js';

/** The part of a `pg` pool that is used here. */
export interface SqlPool {
  query(query: {
    readonly name?: string;
    readonly text: string;
    readonly values?: unknown[];
  }): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
}

const KEEP_DAYS = 7;
const PRUNE_ROWS = 10_000;
const ROWS_PER_STATEMENT = 200;
const MOST_WAITING = 10_000;

const CREATE = `
create schema if not exists platform;
create table if not exists platform.remembered_answers (
  id uuid primary key,
  tenant text not null,
  request_hash text not null,
  status integer not null,
  headers json not null,
  body text,
  remembered_at timestamptz not null default now()
);
create index if not exists remembered_answers_time on platform.remembered_answers (remembered_at);
drop index if exists platform.remembered_answers_age;`;

// Both are prepared: planning them anew would take longer than running them.
const FIND = {
  name: 'platform_find_answers',
  text: 'select id, request_hash, status, headers, body from platform.remembered_answers where id = any($1::uuid[])',
};

const FIND_IDS = {
  name: 'platform_find_answer_ids',
  text: 'select id from platform.remembered_answers where id = any($1::uuid[])',
};

// The effect itself is durable and its command id comes from the key, so a repeat after a power cut has no second effect even where the
// answer was lost; waiting for the disk a second time would double the latency of every keyed request.
// In the order of the ids: two processes that are told the same requests would otherwise wait for each other's rows.
const REMEMBER = {
  name: 'platform_remember_answers',
  text: `
insert into platform.remembered_answers (id, tenant, request_hash, status, headers, body)
select given.* from unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::json[], $6::text[])
  as given (id, tenant, request_hash, status, headers, body)
cross join (select set_config('synchronous_commit', 'off', true)) as quick
order by given.id
on conflict (id) do nothing
returning id`,
};

// By the time's own index: the space of what went is used again, so that a block range soon holds rows of every age. Processes that prune
// side by side take different rows.
const PRUNE = {
  name: 'platform_prune_answers',
  text: `
delete from platform.remembered_answers where ctid = any(array(
  select ctid from platform.remembered_answers where remembered_at < now() - make_interval(days => ${KEEP_DAYS})
  order by remembered_at limit ${PRUNE_ROWS} for update skip locked))`,
};

interface Row {
  readonly id: string;
  readonly request_hash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Answers in Postgres, schema `platform`. Lookups that come together are one statement, inserts too. */
export class PostgresIdempotencyStore implements IdempotencyStore {
  private readonly lookUp: (id: string) => Promise<RememberedAnswer | undefined>;
  private readonly soon: WrittenSoon;
  private readonly insert: (given: Remembering) => Promise<RememberedAnswer>;
  private readonly pool: SqlPool;

  constructor(options: { readonly pool: SqlPool }) {
    this.pool = options.pool;
    this.lookUp = joined({ most: 500 }, (ids) => this.findAll(ids));
    this.insert = joined({ most: ROWS_PER_STATEMENT }, (given) => this.insertAll(given));
    this.soon = new WrittenSoon((given) => this.insertAll(given), { waiting: MOST_WAITING, perTurn: ROWS_PER_STATEMENT });
  }

  /** Makes schema and table where they are missing. Safe to call from several processes at once. */
  async ensure(): Promise<void> {
    await this.pool.query({ text: `do $make$ begin perform pg_advisory_xact_lock(hashtext('holdfast platform')); ${CREATE} end $make$` });
  }

  find(id: string): Promise<RememberedAnswer | undefined> {
    const waiting = this.soon.find(id);
    return waiting === undefined ? this.lookUp(id) : Promise.resolve(waiting);
  }

  async missing(ids: readonly string[]): Promise<readonly string[]> {
    const { rows } = await this.pool.query({ ...FIND_IDS, values: [ids] });
    const found = new Set((rows as Pick<Row, 'id'>[]).map(({ id }) => id));
    return ids.filter((id) => !found.has(id));
  }

  remember(id: string, tenant: string, answer: RememberedAnswer): Promise<RememberedAnswer> {
    return this.insert({ id, tenant, answer });
  }

  async rememberSoon(id: string, tenant: string, answer: RememberedAnswer): Promise<void> {
    if (!this.soon.add({ id, tenant, answer })) await this.insert({ id, tenant, answer });
  }

  settled(): Promise<void> {
    return this.soon.settled();
  }

  private async findAll(ids: readonly string[]): Promise<readonly (RememberedAnswer | undefined)[]> {
    const { rows } = await this.pool.query({ ...FIND, values: [ids] });
    const found = new Map((rows as Row[]).map((row) => [row.id, answerOf(row)]));
    return ids.map((id) => found.get(id));
  }

  private async insertAll(given: readonly Remembering[]): Promise<readonly RememberedAnswer[]> {
    const column = <Value>(pick: (each: Remembering) => Value): Value[] => given.map(pick);
    const { rows } = await this.pool.query({
      ...REMEMBER,
      values: [
        column(({ id }) => id),
        column(({ tenant }) => tenant),
        column(({ answer }) => answer.requestHash),
        column(({ answer }) => answer.status),
        column(({ answer }) => JSON.stringify(answer.headers)),
        column(({ answer }) => answer.body),
      ],
    });
    const inserted = new Set((rows as Pick<Row, 'id'>[]).map(({ id }) => id));
    const earlier = given.filter(({ id }) => !inserted.has(id)).map(({ id }) => id);
    const kept = earlier.length === 0 ? [] : await this.findAll(earlier);
    const keptById = new Map(earlier.map((id, index) => [id, kept[index]]));
    return given.map(({ id, answer }) => keptById.get(id) ?? answer);
  }

  /**
   * Deletes all answers older than seven days, in pieces. Called by the upkeep, so that requests that store an answer neither wait for it
   * nor fail with it.
   */
  async prune(stopping?: AbortSignal): Promise<void> {
    for (let dropped = PRUNE_ROWS; dropped === PRUNE_ROWS && stopping?.aborted !== true;) {
      dropped = (await this.pool.query(PRUNE)).rowCount ?? 0;
    }
  }
}

const answerOf = (row: Row): RememberedAnswer => ({
  requestHash: row.request_hash,
  status: row.status,
  headers: row.headers,
  body: row.body,
});
