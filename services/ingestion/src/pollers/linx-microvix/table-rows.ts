import { decimalText, parseDecimal } from '../decimal.js';
import { PageRows } from '../page-rows.js';
import type { RefusedRow, StockRow } from '../port.js';
import type { Table } from './client.js';
import type { Cells } from './read-answer.js';
import { commandOf, type MicrovixSettings } from './settings.js';

const TWICE = 'ask Linx why the command answers the product more than once';
const HAS_MARK = /[.,]/;

/** Name of a warehouse: the store's CNPJ, and its depot where there is one. */
export const warehouseOf = (cnpj: string, depot: string): string => (depot === '' ? cnpj : `${cnpj}/${depot}`);

/** Columns that stock is read from; undefined for one that the answer does not have. */
export interface StockColumns {
  readonly cnpj: number;
  readonly sku: number;
  readonly quantity: number;
  readonly depot: number | undefined;
}

/** Finds the columns by their names, whatever their order. @returns a text with those that are missing */
export function stockColumns(columns: Cells, settings: MicrovixSettings): StockColumns | string {
  const at = (name: string): number | undefined => {
    const index = columns.indexOf(name);
    return index < 0 ? undefined : index;
  };
  const [cnpj, sku, quantity, depot] = [at('cnpj_emp'), at('cod_produto'), at('quantidade'), at('cod_deposito')];
  const needsDepot = commandOf(settings) === 'LinxProdutosInventario';
  if (cnpj === undefined || sku === undefined || quantity === undefined || (needsDepot && depot === undefined)) {
    const wanted = ['cnpj_emp', 'cod_produto', 'quantidade', ...(needsDepot ? ['cod_deposito'] : [])];
    return wanted.filter((name) => !columns.includes(name)).join(', ');
  }
  return { cnpj, sku, quantity, depot: needsDepot ? depot : undefined };
}

/** Stock of the rows of a store. @returns a text where a row is of another store */
export function rowsOf({ columns, rows }: Table, at: StockColumns, company: string, settings: MicrovixSettings): PageRows | string {
  const found = new PageRows(TWICE);
  for (const [index, cells] of rows.entries()) {
    const row = `row ${String(index + 1)} of store ${company}`;
    if (cells.length !== columns.length) {
      const says = `has ${String(cells.length)} values where there are ${String(columns.length)} columns, so none of them can be told apart`;
      found.refuse({ row, field: 'row', says });
      continue;
    }
    const cnpj = (cells[at.cnpj] ?? '').replace(/[./-]/g, '');
    if (cnpj !== company) return `row ${String(index + 1)} is of store ${cnpj === '' ? 'without CNPJ' : cnpj}`;
    const read = stockRow(cells, at, cnpj, row, settings);
    if ('says' in read) found.refuse(read);
    else found.add(read);
  }
  return found;
}

function stockRow(cells: Cells, at: StockColumns, cnpj: string, row: string, { decimal }: MicrovixSettings): StockRow | RefusedRow {
  const sku = cells[at.sku] ?? '';
  const quantity = cells[at.quantity] ?? '';
  const depot = at.depot === undefined ? '' : (cells[at.depot] ?? '');
  if (sku === '') return { row, field: 'cod_produto', says: 'is empty' };
  const named = `${sku} in ${warehouseOf(cnpj, depot)}`;
  if (decimal === undefined && HAS_MARK.test(quantity))
    return { row: named, field: 'quantidade', says: `is "${quantity}"; say in settings.decimal whether the mark is a comma or a point` };
  const exact = parseDecimal(quantity, decimal ?? 'point');
  if (exact === undefined)
    return {
      row: named,
      field: 'quantidade',
      says: `is "${quantity}", which is no number with a ${decimal ?? 'point'} as its decimal mark`,
    };
  return { sku, warehouseId: warehouseOf(cnpj, depot), quantity: decimalText(exact) };
}
