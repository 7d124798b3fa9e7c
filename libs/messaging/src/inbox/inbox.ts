/** A client of `pg` inside the transaction of the effect, or anything that queries like one. */
export interface InboxClient {
  query(sql: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number | null }>;
}

const PRUNE_CHUNK = 2_000;

/** SQL that creates the table `inbox` in the schema; the owner of the schema calls it in a migration. */
export const inboxDdl = (schema: string): string => `
create table ${tableIn(schema)} (
  consumer text not null,
  message_id text not null,
  claimed_at timestamptz not null default now(),
  primary key (consumer, message_id)
);
create index inbox_claimed_at on ${tableIn(schema)} (claimed_at);
`;

/**
 * Records which messages had their effect. Claim inside the transaction of the effect: both are stored or neither, so a message that is
 * delivered again is already claimed and changes nothing.
 */
export class Inbox {
  private readonly table: string;

  /**
   * @param schema where `inboxDdl` ran
   * @param consumer separates consumers that handle the same messages for different effects
   */
  constructor(
    schema: string,
    private readonly consumer: string,
  ) {
    this.table = tableIn(schema);
  }

  /**
   * Claims ids in one statement and returns those that were not claimed before. Waits for another transaction that is claiming one of them.
   * An id named twice is returned once.
   */
  async claim(client: InboxClient, messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (messageIds.length === 0) return new Set();
    // All claim in one order, so that two transactions never wait for each other.
    const sql = `insert into ${this.table} (consumer, message_id)
      select $1, id from unnest($2::text[]) id group by id order by id
      on conflict do nothing returning message_id`;
    const { rows } = await client.query(sql, [this.consumer, [...messageIds]]);
    return new Set(rows.map(idOf));
  }

  /** Deletes claims older than `olderThanMs`, in small pieces; returns how many. Keep them longer than the topic's retention. */
  async prune(client: InboxClient, olderThanMs: number): Promise<number> {
    const sql = `delete from ${this.table} where (consumer, message_id) in (
      select consumer, message_id from ${this.table}
      where consumer = $1 and claimed_at < now() - $2::double precision * interval '1 ms' order by claimed_at limit ${PRUNE_CHUNK})`;
    let pruned = 0;
    for (;;) {
      const { rowCount } = await client.query(sql, [this.consumer, olderThanMs]);
      pruned += rowCount ?? 0;
      if ((rowCount ?? 0) < PRUNE_CHUNK) return pruned;
    }
  }
}

function tableIn(schema: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new Error(`Not a plain schema name: ${schema}`);
  return `${schema}.inbox`;
}

function idOf(row: unknown): string {
  if (typeof row === 'object' && row !== null && 'message_id' in row && typeof row.message_id === 'string') return row.message_id;
  throw new Error('The inbox answered a row without an id.');
}
