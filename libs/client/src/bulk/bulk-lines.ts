import type { Resources } from '../generated/resources.js';
import type { Call } from '../requests/call.js';
import { newIdempotencyKey } from '../requests/idempotency-key.js';
import type { BodyOf, ValueOf } from '../types.js';
import { chunksOf, type Chunk } from './chunks.js';

export type StockLine = BodyOf<'stock.applyLines'>['lines'][number];
type Applied = ValueOf<'stock.applyLines'>;

/** What became of a line. */
export type LineResult = Omit<Applied['results'][number], 'index'> & {
  /** Counts from 0 over all lines given. */
  readonly line: number;
};

export interface BulkOptions {
  /** The keys of the calls are made from it: the same lines with the same key change nothing twice, so that a run that broke off can be run again. */
  readonly idempotencyKey?: string;
  /** Calls at a time; default 4. */
  readonly inFlight?: number;
  readonly signal?: AbortSignal;
}

const IN_FLIGHT = 4;

/** Applies lines in calls of at most 10,000, several at a time, and gives their results in the order of the lines. */
export async function* bulkLines(
  api: Resources,
  lines: AsyncIterable<StockLine> | Iterable<StockLine>,
  { idempotencyKey = newIdempotencyKey(), inFlight = IN_FLIGHT, signal }: BulkOptions,
): AsyncGenerator<LineResult> {
  const running: { readonly chunk: Chunk<StockLine>; readonly call: Call<Applied> }[] = [];
  const finished = async function* (): AsyncGenerator<LineResult> {
    const first = running.shift();
    if (first === undefined) return;
    for (const { index, ...result } of (await first.call).results) yield { ...result, line: first.chunk.from + index };
  };
  for await (const chunk of chunksOf(lines)) {
    if (running.length >= inFlight) yield* finished();
    const options = { idempotencyKey: `${idempotencyKey}-${String(chunk.from)}`, ...(signal === undefined ? {} : { signal }) };
    const call = api.stock.applyLines({ lines: chunk.lines }, options);
    // It is awaited in its turn; until then its failure is nobody's surprise.
    call.catch(() => undefined);
    running.push({ chunk, call });
  }
  while (running.length > 0) yield* finished();
}
