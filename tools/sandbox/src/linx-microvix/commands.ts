import type { Company } from '../erp/company.js';
import type { StockRow } from '../erp/stock-row.js';
import type { Row } from './answer.js';

/** A store, and its depots where the portal keeps stock by them. */
export interface Store {
  readonly cnpj: string;
  readonly name: string;
}

export interface Depot {
  readonly id: string;
  readonly name: string;
}

export interface Shop {
  readonly portal: string;
  readonly stores: readonly Store[];
  readonly depots: readonly Depot[];
  readonly timeZone: string;
  readonly decimal: 'comma' | 'point';
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  LinxProdutosDetalhes: ['portal', 'cnpj_emp', 'cod_produto', 'cod_barra', 'quantidade', 'preco_custo', 'preco_venda', 'custo_medio'],
  LinxProdutosInventario: ['portal', 'cnpj_emp', 'cod_produto', 'cod_barra', 'quantidade', 'cod_deposito', 'empresa'],
  LinxProdutosDepositos: ['portal', 'cod_deposito', 'nome_deposito', 'disponivel', 'disponivel_transferencia', 'timestamp'],
  LinxLojas: ['portal', 'empresa', 'nome_emp', 'razao_emp', 'cnpj_emp'],
};

export const columnsOf = (command: string): readonly string[] | undefined => COLUMNS[command];

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The rows that a command answers; a text says why it is refused. Stock of the company lies in `CNPJ` or `CNPJ/depot`. */
export function rowsOf(shop: Shop, company: Company, command: string, parameters: ReadonlyMap<string, string>): Iterable<Row> | string {
  if (command === 'LinxLojas') return shop.stores.map((store, index) => storeRow(shop, store, index));
  if (command === 'LinxProdutosDepositos') return shop.depots.map((depot) => depotRow(shop, depot));
  const cnpj = parameters.get('cnpjEmp') ?? '';
  if (!shop.stores.some((store) => store.cnpj === cnpj)) return `O CNPJ ${cnpj} não pertence ao portal`;
  return command === 'LinxProdutosDetalhes' ? details(shop, company, cnpj, parameters) : inventory(shop, company, cnpj, parameters);
}

const storeRow = (shop: Shop, { cnpj, name }: Store, index: number): Row => ({
  portal: shop.portal,
  empresa: String(index + 1),
  nome_emp: name,
  razao_emp: name,
  cnpj_emp: cnpj,
});

const depotRow = (shop: Shop, { id, name }: Depot): Row => ({
  portal: shop.portal,
  cod_deposito: id,
  nome_deposito: name,
  disponivel: 'True',
  disponivel_transferencia: 'True',
  timestamp: '1',
});

/** Products whose stock moved in the days asked for, each with what the store has in all its depots. */
function details(shop: Shop, company: Company, cnpj: string, parameters: ReadonlyMap<string, string>): Iterable<Row> | string {
  const [from = '', to = ''] = [parameters.get('data_mov_ini'), parameters.get('data_mov_fim')];
  if (!DATE.test(from) || !DATE.test(to)) return 'Parâmetros data_mov_ini e data_mov_fim são obrigatórios';
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: shop.timeZone, dateStyle: 'short' });
  const moved = ({ changedAt }: StockRow): boolean => {
    const on = day.format(changedAt);
    return on >= from && on <= to;
  };
  return detailRows(shop, company, cnpj, moved);
}

function* detailRows(shop: Shop, company: Company, cnpj: string, moved: (row: StockRow) => boolean): Generator<Row> {
  let group: StockRow[] = [];
  const flush = (): readonly Row[] => {
    const [first] = group;
    const row = first === undefined || !group.some(moved) ? [] : [detailRow(shop, cnpj, first.sku, sumOf(group))];
    group = [];
    return row;
  };
  for (const row of company.all()) {
    if (!isOf(row, cnpj)) continue;
    if (group[0] !== undefined && group[0].sku !== row.sku) yield* flush();
    group.push(row);
  }
  yield* flush();
}

const detailRow = (shop: Shop, cnpj: string, sku: string, quantity: string): Row => ({
  portal: shop.portal,
  cnpj_emp: cnpj,
  cod_produto: sku,
  quantidade: written(quantity, shop),
  preco_custo: written('0.00', shop),
  preco_venda: written('0.00', shop),
  custo_medio: written('0.00', shop),
});

/** The whole balance of a store, of one depot where one is named. */
function inventory(shop: Shop, company: Company, cnpj: string, parameters: ReadonlyMap<string, string>): Iterable<Row> | string {
  if (!DATE.test(parameters.get('data_inventario') ?? '')) return 'Parâmetro data_inventario é obrigatório';
  const depot = parameters.get('cod_deposito');
  if (depot !== undefined && !shop.depots.some(({ id }) => id === depot)) return `Depósito ${depot} não encontrado`;
  return inventoryRows(shop, company, cnpj, depot);
}

function* inventoryRows(shop: Shop, company: Company, cnpj: string, depot: string | undefined): Generator<Row> {
  for (const row of company.all()) {
    const id = depotOf(row);
    if (!isOf(row, cnpj) || (depot !== undefined && id !== depot)) continue;
    const store = shop.stores.findIndex((one) => one.cnpj === cnpj);
    yield {
      portal: shop.portal,
      cnpj_emp: cnpj,
      cod_produto: row.sku,
      quantidade: written(row.quantity, shop),
      cod_deposito: id,
      empresa: String(store + 1),
    };
  }
}

const isOf = ({ warehouse }: StockRow, cnpj: string): boolean => warehouse === cnpj || warehouse.startsWith(`${cnpj}/`);
const depotOf = ({ warehouse }: StockRow): string => warehouse.split('/')[1] ?? '';
const written = (quantity: string, { decimal }: Shop): string => (decimal === 'comma' ? quantity.replace('.', ',') : quantity);

const SCALE = 4;
function sumOf(rows: readonly StockRow[]): string {
  if (rows.length === 1) return rows[0]?.quantity ?? '0';
  const total = rows.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  return Number.isInteger(total) ? String(total) : total.toFixed(SCALE);
}
