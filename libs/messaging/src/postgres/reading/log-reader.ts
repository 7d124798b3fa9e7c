import type pg from 'pg';
import { NO_HEADERS } from '../../headers.js';
import type { IncomingMessage } from '../../port.js';
import type { RecentMessages } from './recent-messages.js';
import type { Head } from '../topics.js';

interface Row {
  readonly seq: string;
  readonly at: string;
  readonly key: string;
  readonly value: string | null;
  readonly headers: Record<string, string> | null;
}

const READ = {
  name: 'bus_read',
  text: 'select seq, at, key, value, headers from bus.log where head_id = $1 and seq >= $2 order by seq limit $3',
};

/** Where messages are read from. */
export interface LogSource {
  readonly pool: pg.Pool;
  readonly recent: RecentMessages;
}

/** At most `limit` messages of a partition from a sequence number on, in order. */
export async function readLog(
  { pool, recent }: LogSource,
  head: Head,
  fromSeq: number,
  limit: number,
): Promise<readonly IncomingMessage[]> {
  const kept = recent.from(head.id, fromSeq, limit);
  if (kept) return kept;
  const { rows } = await pool.query<Row>({ ...READ, values: [head.id, fromSeq, limit] });
  return rows.map((row) => ({
    topic: head.topic,
    partition: head.partition,
    offset: row.seq,
    timestamp: Number(row.at),
    key: row.key,
    value: row.value,
    headers: row.headers ?? NO_HEADERS,
  }));
}

/** Sequence number after that of the last message. */
export const seqAfter = (messages: readonly IncomingMessage[], otherwise: number): number => {
  const last = messages.at(-1);
  return last ? Number(last.offset) + 1 : otherwise;
};
