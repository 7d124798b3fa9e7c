import type { PageRead } from './port.js';

/** A part of a scan: what lies from one cursor up to another. */
export interface Span {
  /** Undefined: from the first row on. */
  readonly from: string | undefined;
  /** Where the next span begins; undefined: up to the last row. */
  readonly to: string | undefined;
}

interface Asked {
  readonly span: Span;
  readonly read: Promise<PageRead>;
}

/**
 * Pages of spans one after the other, to the last one or the first fault. A span whose page ends before the span does has more pages.
 * @param read the page at the beginning of a span; its `next` is `to` where the span has no other
 * @param atOnce calls at a time. From 2 on, later pages are asked for while one is taken in
 */
export async function* pagesAhead(
  spans: readonly Span[],
  read: (span: Span) => Promise<PageRead>,
  atOnce: number,
): AsyncGenerator<PageRead, void> {
  const waiting = [...spans].reverse();
  const asked: Asked[] = [];
  const ask = (): void => {
    while (asked.length < atOnce) {
      const span = waiting.pop();
      if (span === undefined) return;
      asked.push({ span, read: begun(read(span)) });
    }
  };
  for (;;) {
    ask();
    const first = asked.shift();
    if (first === undefined) return;
    const found = await first.read;
    if (found.kind === 'fault' || found.page.next === null) {
      yield found;
      return;
    }
    const rest = { from: found.page.next, to: first.span.to };
    const hasMore = rest.from !== rest.to;
    if (atOnce > 1) {
      if (hasMore) asked.unshift({ span: rest, read: begun(read(rest)) });
      ask();
    } else if (hasMore) waiting.push(rest);
    yield found;
  }
}

/** A page that nobody waits for any more may fail without ending the process. */
function begun(read: Promise<PageRead>): Promise<PageRead> {
  read.catch(() => undefined);
  return read;
}
