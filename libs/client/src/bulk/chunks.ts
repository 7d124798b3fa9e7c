/** Lines that are sent together. */
export interface Chunk<Line> {
  /** Number of the first one, from 0. */
  readonly from: number;
  readonly lines: readonly Line[];
}

const MAX_LINES = 10_000;
/** Below the server's limit of 8 MiB. */
const MAX_BYTES = 7 * 1_048_576;

const bytesOf = (line: unknown): number => new TextEncoder().encode(JSON.stringify(line)).length + 1;

/** Cuts lines into what one call may carry. */
export async function* chunksOf<Line>(
  given: AsyncIterable<Line> | Iterable<Line>,
  maxLines = MAX_LINES,
  maxBytes = MAX_BYTES,
): AsyncGenerator<Chunk<Line>> {
  let [from, bytes] = [0, 0];
  let lines: Line[] = [];
  for await (const line of given) {
    const size = bytesOf(line);
    if (lines.length > 0 && (lines.length >= maxLines || bytes + size > maxBytes)) {
      yield { from, lines };
      from += lines.length;
      [lines, bytes] = [[], 0];
    }
    lines.push(line);
    bytes += size;
  }
  if (lines.length > 0) yield { from, lines };
}
