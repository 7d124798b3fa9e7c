import type { Span } from '../pages-ahead.js';
import type { PageRead, ScanMemory } from '../port.js';

/** A scan with so many times the pages that its rows need forgets where they began: materials came and went between them. */
const MOST_SPREAD = 2;
const MOST_STARTS = 20_000;

/**
 * Materials at which the pages of the last whole scan began, in the ERP's own order. With them the next scan asks for pages beside each other;
 * without them each page says where the next one begins. What came since lies in the span where it belongs.
 */
export class PageStarts {
  private readonly found: string[] = [];
  private rows = 0;

  constructor(
    private readonly memory: ScanMemory,
    private readonly pageSize: number,
    private readonly cursor: string | undefined,
  ) {}

  /** Spans that are left of the scan; one without an end where nothing is known of it. */
  spans(): readonly Span[] {
    const known = this.memory.starts();
    const place = this.cursor === undefined ? -1 : known.indexOf(this.cursor);
    const isKnown = this.cursor === undefined || place >= 0;
    const starts = [this.cursor, ...(isKnown ? known.slice(place + 1) : [])];
    return starts.map((from, index) => ({ from, to: starts[index + 1] }));
  }

  note(read: PageRead): void {
    if (read.kind === 'fault') return;
    this.rows += read.page.rows.length + read.page.refusedRows.length;
    if (read.page.next !== null) this.found.push(read.page.next);
    else if (this.cursor === undefined) this.memory.keep(this.isSpread ? [] : this.found);
  }

  private get isSpread(): boolean {
    const needed = Math.ceil(this.rows / this.pageSize) + 1;
    return this.found.length > needed * MOST_SPREAD || this.found.length > MOST_STARTS;
  }
}
