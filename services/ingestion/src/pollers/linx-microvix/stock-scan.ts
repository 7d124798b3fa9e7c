import { shortened } from '@holdfast/vendor-http';
import type { PageRead, ScanPosition, StockPage } from '../port.js';
import type { MicrovixClient, TableRead } from './client.js';
import { dayOf, sinceOf, windowOf } from './scan-window.js';
import { commandOf, type MicrovixSettings } from './settings.js';
import { rowsOf, stockColumns } from './table-rows.js';

const broken = (says: string): PageRead => ({ kind: 'fault', fault: { kind: 'broken_answer', says: shortened(says) } });

interface Cursor {
  /** Position of the store in the settings. */
  readonly store: number;
  /** When the scan began, by the clock of Microvix; undefined on the first page. */
  readonly beganAt: number | undefined;
}

function cursorOf(text: string | undefined, stores: number): Cursor {
  const [store, beganAt] = (text ?? '').split(' ').map(Number);
  const isKnown = Number.isSafeInteger(store) && Number.isSafeInteger(beganAt) && (store ?? 0) < stores;
  return isKnown ? { store: store ?? 0, beganAt } : { store: 0, beganAt: undefined };
}

/** Reads stock, a store a page: Microvix has no pages. */
export class StockScan {
  constructor(
    private readonly settings: MicrovixSettings,
    private readonly client: MicrovixClient,
    private readonly now: () => number,
  ) {}

  async *pages({ cursor: from, since }: ScanPosition): AsyncGenerator<PageRead> {
    let cursor = cursorOf(from, this.settings.companies.length);
    for (;;) {
      const read = await this.page(cursor, since);
      yield read;
      if (read.kind === 'fault' || read.page.next === null) return;
      cursor = cursorOf(read.page.next, this.settings.companies.length);
    }
  }

  async page({ store, beganAt }: Cursor, since: string | undefined): Promise<PageRead> {
    const company = this.settings.companies[store] ?? '';
    const command = commandOf(this.settings);
    const table = await this.client.read(command, this.parameters(company, since));
    if (table.kind === 'fault') return table;
    return this.pageOf(table, company, { store, beganAt: beganAt ?? table.asked.asOf });
  }

  private parameters(company: string, since: string | undefined): Readonly<Record<string, string | undefined>> {
    if (commandOf(this.settings) === 'LinxProdutosInventario')
      return { cnpjEmp: company, data_inventario: dayOf(this.now(), this.settings), cod_deposito: undefined };
    const { from, to } = windowOf(since, this.now(), this.settings);
    return { cnpjEmp: company, data_mov_ini: from, data_mov_fim: to, referencia: undefined };
  }

  private pageOf(table: TableRead & { kind: 'table' }, company: string, { store, beganAt }: Cursor & { beganAt: number }): PageRead {
    const isWhole = commandOf(this.settings) === 'LinxProdutosInventario';
    if (table.rows.length === 0 && isWhole)
      return { kind: 'fault', fault: { kind: 'refused', says: `store ${company} has no stock at all, which is not taken for zero` } };
    const columns = stockColumns(table.columns, this.settings);
    if (typeof columns === 'string')
      return table.rows.length === 0 ? this.ofRows([], [], table, store, beganAt) : broken(`the answer has no column ${columns}`);
    const found = rowsOf(table, columns, company, this.settings);
    if (typeof found === 'string') return broken(`the answer for store ${company} is that of another: ${found}`);
    return this.ofRows(found.rows, found.refusedRows, table, store, beganAt);
  }

  private ofRows(
    rows: StockPage['rows'],
    refusedRows: StockPage['refusedRows'],
    { asked }: TableRead & { kind: 'table' },
    store: number,
    beganAt: number,
  ): PageRead {
    const isLast = store + 1 >= this.settings.companies.length;
    const next = isLast ? null : `${String(store + 1)} ${String(beganAt)}`;
    const since = isLast && commandOf(this.settings) === 'LinxProdutosDetalhes' ? { since: sinceOf(beganAt, this.settings) } : {};
    return { kind: 'page', page: { rows, refusedRows, ...asked, next, ...since } };
  }
}
