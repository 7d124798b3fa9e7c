import { shortened } from '@holdfast/vendor-http';
import type { ErpFault, PageRead, StockPage } from '../port.js';
import { errorText, fieldsOf, type ProtheusClient } from './client.js';
import { cursorOf, written, type Cursor } from './cursor.js';
import { rowsOf } from './items.js';
import { pageSizeOf, siteFieldsOf, stockPathOf, type ProtheusSettings } from './settings.js';

type Item = Readonly<Record<string, unknown>>;

const broken = (says: string): PageRead => ({ kind: 'fault', fault: { kind: 'broken_answer', says: shortened(says) } });
const refused = (says: string): PageRead => ({ kind: 'fault', fault: { kind: 'refused', says: shortened(says) } });

const KEPT_KEY_LENGTH = 200;

/** Reads all stock, page after page: few threads serve an appserver, so one page is asked for at a time. */
export class StockScan {
  private readonly fields;

  constructor(
    private readonly settings: ProtheusSettings,
    private readonly client: ProtheusClient,
  ) {
    this.fields = siteFieldsOf(settings);
  }

  async *pages(from: string | undefined): AsyncGenerator<PageRead> {
    let cursor: Cursor = cursorOf(from);
    for (;;) {
      const read = await this.page(cursor, pageSizeOf(this.settings));
      yield read;
      if (read.kind === 'fault' || read.page.next === null) return;
      cursor = cursorOf(read.page.next);
    }
  }

  async page(cursor: Cursor, pageSize: number): Promise<PageRead> {
    const { order } = this.settings;
    const query = { page: String(cursor.page), pageSize: String(pageSize), ...(order === undefined ? {} : { order }) };
    const asked = await this.client.get(stockPathOf(this.settings), query);
    if (asked.kind === 'fault') return asked;
    const { items, hasNext } = fieldsOf(asked.value);
    if (!Array.isArray(items) || typeof hasNext !== 'boolean') {
      const said = errorText(asked.value);
      if (said !== undefined) return { kind: 'fault', fault: temporary(said) };
      return broken('the answer has no items and hasNext; is stockPath the path of a stock service?');
    }
    const faulty = items.findIndex((item) => typeof item !== 'object' || item === null || Array.isArray(item));
    if (faulty >= 0) return broken(`item ${String(faulty + 1)} of the page is no object`);
    return this.pageOf(cursor, items as readonly Item[], hasNext, asked.asked);
  }

  private pageOf(cursor: Cursor, items: readonly Item[], hasNext: boolean, asked: Pick<StockPage, 'asOf' | 'skewMs'>): PageRead {
    if (items.length === 0 && hasNext) return broken(`page ${String(cursor.page)} is empty, yet it says that another follows`);
    if (items.length === 0 && cursor.page === 1)
      return refused('there is no stock at all, which is not taken for zero; check tenantId, stockPath and the rights of the user');
    const branches = [...new Set([...(cursor.branch === null ? [] : [cursor.branch]), ...items.flatMap(branchOf)])];
    const [branch = null, other] = branches;
    if (branch !== null && other !== undefined)
      return refused(
        `the answer has stock of the branches ${branch} and ${other}, whose warehouses have the same names; set tenantId to one`,
      );
    const last = keyOf(items.at(-1), this.fields.sku, this.fields.warehouse);
    if (last !== null && last === cursor.last) return broken(`page ${String(cursor.page)} is the page before once more`);
    const { rows, refusedRows } = rowsOf(items, this.fields);
    const next = hasNext ? written({ page: cursor.page + 1, branch, last }) : null;
    return { kind: 'page', page: { rows, refusedRows, ...asked, next } };
  }
}

/** An error with status 200 is the appserver's own: it often passes. */
const temporary = (said: string): ErpFault => ({ kind: 'temporary', says: shortened(`200 with an error: ${said}`), retryAfterMs: 0 });

/** Company and branch, where the service says them as TOTVS' own does. */
function branchOf({ CompanyId, BranchId }: Item): readonly string[] {
  if (typeof BranchId !== 'string') return [];
  return [`${typeof CompanyId === 'string' ? `${CompanyId.trim()},` : ''}${BranchId.trim()}`];
}

function keyOf(item: Item | undefined, sku: string, warehouse: string): string | null {
  const [code, place] = [item?.[sku], item?.[warehouse]];
  return typeof code === 'string' ? `${code}|${typeof place === 'string' ? place : ''}`.slice(0, KEPT_KEY_LENGTH) : null;
}
