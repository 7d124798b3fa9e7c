import type { StockRow } from '../erp/stock-row.js';

export type Entity = Readonly<Record<string, string>>;

/** In the order of the service's document. */
export const PROPERTIES = [
  'Material',
  'Plant',
  'StorageLocation',
  'Batch',
  'Supplier',
  'Customer',
  'WBSElementInternalID',
  'SDDocument',
  'SDDocumentItem',
  'InventorySpecialStockType',
  'InventoryStockType',
  'WBSElementExternalID',
  'MaterialBaseUnit',
  'MatlWrhsStkQtyInMatlBaseUnit',
] as const;

/** The entity of `A_MatlStkInAcctMod` that a row of the company is. */
export function entityOf(row: StockRow): Entity {
  const [plant = '', storageLocation = ''] = row.warehouse.split('/');
  return {
    Material: row.sku,
    Plant: plant,
    StorageLocation: storageLocation,
    Batch: row.batch,
    Supplier: '',
    Customer: '',
    WBSElementInternalID: '0',
    SDDocument: '',
    SDDocumentItem: '0',
    InventorySpecialStockType: row.specialStock,
    InventoryStockType: row.stockType,
    WBSElementExternalID: '',
    MaterialBaseUnit: row.unit,
    MatlWrhsStkQtyInMatlBaseUnit: row.quantity,
  };
}

const KEY = ['Material', 'Plant', 'StorageLocation', 'Batch', 'InventorySpecialStockType', 'InventoryStockType'];
const WITHOUT_MEANING = ['Supplier', 'Customer', 'WBSElementInternalID', 'SDDocument', 'SDDocumentItem'];

/** Whether rows in the order of their keys are in this order too. */
export function isKeyOrder(names: readonly string[]): boolean {
  const meant = names.filter((name) => !WITHOUT_MEANING.includes(name));
  return meant.every((name, index) => name === KEY[index]);
}
