import { checksOfFault, checksOfPage } from '../checks.js';
import { pagesAhead, type Span } from '../pages-ahead.js';
import type {
  ErpAccount,
  ErpCheck,
  ErpFault,
  PageRead,
  ScanPosition,
  StockPage,
  StockRow,
  Warehouse,
  WarehousesRead,
  RefusedRow,
  ScanMemory,
} from '../port.js';
import type { SapClient } from './client.js';
import { PageStarts } from './page-starts.js';
import { callsAtOnce, pageSizeOf, type SapSettings } from './settings.js';
import { nextWarehousePath, pagePath } from './stock-query.js';
import { isRefused, resultsOf, rowOf, warehouseIdOf, type SapRow } from './stock-rows.js';

const ERP = 'SAP';
const NO_STOCK =
  'there is no stock at all, which is not taken for zero; check plants, storageLocations and stockTypes, and the rights of the user';
/** Storage locations of a company; one that has more is read by plants. */
const MOST_WAREHOUSES = 1_000;
/** Rows of one material: batches and special stocks of a large one. */
const MOST_ROWS_OF_MATERIAL = 500_000;

const broken = (says: string): { readonly fault: ErpFault } => ({ fault: { kind: 'broken_answer', says } });

interface Rows {
  readonly rows: readonly SapRow[];
  readonly isLast: boolean;
  readonly at: Pick<StockPage, 'asOf' | 'skewMs'>;
}

/** The stock of an S/4HANA, by material. */
export class SapAccount implements ErpAccount {
  readonly scan = 'full';

  constructor(
    private readonly settings: SapSettings,
    private readonly client: SapClient,
    private readonly memory: ScanMemory,
  ) {}

  async *pages({ cursor }: ScanPosition): AsyncGenerator<PageRead, void> {
    const starts = new PageStarts(this.memory, pageSizeOf(this.settings), cursor);
    for await (const read of this.readSpans(starts.spans())) {
      starts.note(read);
      yield read;
    }
  }

  private async *readSpans(spans: readonly Span[]): AsyncGenerator<PageRead, void> {
    let isFirst = true;
    for await (const read of pagesAhead(spans, (span) => this.page(span), callsAtOnce(this.settings))) {
      // A first span without stock may mean that there is none at all, which only a span without an end tells.
      if (isFirst && spans.length > 1 && isEmpty(read)) {
        yield* this.readSpans([{ from: spans[0]?.from, to: undefined }]);
        return;
      }
      isFirst = false;
      yield read;
    }
  }

  async warehouses(): Promise<WarehousesRead> {
    const warehouses: Warehouse[] = [];
    let after: Parameters<typeof nextWarehousePath>[1];
    while (warehouses.length < MOST_WAREHOUSES) {
      const answer = await this.client.get(nextWarehousePath(this.settings, after));
      if ('fault' in answer) return { kind: 'fault', fault: answer.fault };
      const found = resultsOf(answer.value)?.results[0] as { readonly Plant?: unknown; readonly StorageLocation?: unknown } | undefined;
      if (typeof found?.Plant !== 'string' || typeof found.StorageLocation !== 'string') break;
      const warehouseId = warehouseIdOf(found.Plant, found.StorageLocation);
      // A service that ignores the filter would give the same one for ever.
      if (warehouses.some((known) => known.warehouseId === warehouseId)) break;
      warehouses.push({ warehouseId, name: null });
      after = { plant: found.Plant, storageLocation: found.StorageLocation };
    }
    return { kind: 'warehouses', warehouses };
  }

  async check(): Promise<readonly ErpCheck[]> {
    const read = await this.rows({ from: undefined, to: undefined, skip: 0, top: 1 });
    if ('fault' in read) return checksOfFault(ERP, read.fault);
    const hasStock = read.rows.length > 0;
    const says = hasStock ? 'stock can be read' : NO_STOCK;
    return checksOfPage(ERP, read.at, says, hasStock);
  }

  /**
   * Rows from a material on, up to another. The last material is kept back, since it may go on in the next page, which begins with it; one that
   * fills a page alone is read to its end.
   */
  private async page({ from, to }: Span): Promise<PageRead> {
    const top = pageSizeOf(this.settings);
    const found = new Map<string, SapRow>();
    let at: Rows['at'] | undefined;
    for (let skip = 0; skip < MOST_ROWS_OF_MATERIAL; skip += top) {
      const read = await this.rows({ from, to, skip, top });
      if ('fault' in read) return { kind: 'fault', fault: read.fault };
      at ??= read.at;
      const before = found.size;
      for (const row of read.rows) found.set(row.key, row);
      if (read.rows.length > 0 && found.size === before) return { kind: 'fault', ...broken('a page is the one before once more') };
      if (found.size === 0 && from === undefined && to === undefined) return { kind: 'fault', fault: { kind: 'refused', says: NO_STOCK } };
      const rows = [...found.values()];
      const last = rows.at(-1)?.material;
      if (read.isLast) return pageOf(rows, at, to ?? null);
      if (rows[0]?.material !== last && last !== undefined)
        return pageOf(
          rows.filter(({ material }) => material !== last),
          at,
          last,
        );
    }
    return { kind: 'fault', ...broken(`more than ${String(MOST_ROWS_OF_MATERIAL)} rows of one material from ${from ?? 'the first'} on`) };
  }

  private async rows(query: Parameters<typeof pagePath>[1]): Promise<Rows | { readonly fault: ErpFault }> {
    const answer = await this.client.get(pagePath(this.settings, query));
    if ('fault' in answer) return answer;
    const found = resultsOf(answer.value);
    if (found === undefined) return broken('the answer has no d.results; is baseUrl the root of an S/4HANA?');
    const rows: SapRow[] = [];
    for (const entity of found.results) {
      const row = rowOf(entity);
      if (row === undefined) return broken('a row lacks a field of its key');
      rows.push(row);
    }
    return { rows, isLast: found.results.length < query.top && !found.more, at: answer.at };
  }
}

const isEmpty = (read: PageRead): boolean => read.kind === 'page' && read.page.rows.length + read.page.refusedRows.length === 0;

function pageOf(found: readonly SapRow[], at: Rows['at'], next: string | null): PageRead {
  const rows: StockRow[] = [];
  const refusedRows: RefusedRow[] = [];
  for (const { read } of found)
    if (isRefused(read)) refusedRows.push(read);
    else rows.push(read);
  return { kind: 'page', page: { rows, refusedRows, ...at, next } };
}
