import type { ErpFault, Warehouse, WarehousesRead } from '../port.js';
import type { MicrovixClient, TableRead } from './client.js';
import { commandOf, type MicrovixSettings } from './settings.js';
import { warehouseOf } from './table-rows.js';

type Rows = readonly Readonly<Record<string, string>>[];

const named = ({ columns, rows }: TableRead & { kind: 'table' }): Rows =>
  rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])));

/** Names of the portal's stores by CNPJ. */
export async function storesOf(client: MicrovixClient): Promise<ReadonlyMap<string, string> | ErpFault> {
  const read = await client.read('LinxLojas', {});
  if (read.kind === 'fault') return read.fault;
  return new Map(named(read).map((row) => [(row['cnpj_emp'] ?? '').replace(/[./-]/g, ''), row['nome_emp'] ?? '']));
}

/** Warehouses of the stores that are read, and of their depots where figures come by depot. */
export async function warehousesOf(client: MicrovixClient, settings: MicrovixSettings): Promise<WarehousesRead> {
  const stores = await storesOf(client);
  if ('says' in stores) return { kind: 'fault', fault: stores };
  const ofStores = settings.companies.map((cnpj) => ({ warehouseId: cnpj, name: stores.get(cnpj) ?? null }));
  if (commandOf(settings) === 'LinxProdutosDetalhes') return { kind: 'warehouses', warehouses: ofStores };
  const depots = await client.read('LinxProdutosDepositos', {});
  if (depots.kind === 'fault') return depots;
  const listed = named(depots);
  const warehouses = ofStores.flatMap(({ warehouseId, name }): readonly Warehouse[] =>
    listed.map((depot) => ({
      warehouseId: warehouseOf(warehouseId, depot['cod_deposito'] ?? ''),
      name: [name, depot['nome_deposito']].filter((part) => part !== null && part !== undefined && part !== '').join(', ') || null,
    })),
  );
  return { kind: 'warehouses', warehouses: warehouses.length === 0 ? ofStores : warehouses };
}
