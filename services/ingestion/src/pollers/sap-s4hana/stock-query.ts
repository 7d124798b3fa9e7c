import { stockTypesOf, type SapSettings } from './settings.js';

/** The key of `A_MatlStkInAcctMod`: without one of these fields a row is not told from another. */
export const KEY = [
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
] as const;
export const UNIT = 'MaterialBaseUnit';
export const QUANTITY = 'MatlWrhsStkQtyInMatlBaseUnit';

export const STOCK_PATH = '/sap/opu/odata/sap/API_MATERIAL_STOCK_SRV/A_MatlStkInAcctMod';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const equals = (name: string, value: string): string => `${name} eq ${literal(value)}`;
const oneOf = (name: string, values: readonly string[]): string => `(${values.map((value) => equals(name, value)).join(' or ')})`;

/** Rows that can be sold, of the plants and storage locations that are read. */
export const sellable = (settings: SapSettings): readonly string[] => [
  ...(settings.plants === undefined ? [] : [oneOf('Plant', settings.plants)]),
  ...(settings.storageLocations === undefined ? [] : [oneOf('StorageLocation', settings.storageLocations)]),
  oneOf('InventoryStockType', stockTypesOf(settings)),
  equals('InventorySpecialStockType', ''),
];

export interface PageQuery {
  /** Rows of this material and later ones; undefined from the first on. */
  readonly from: string | undefined;
  /** Rows before this material; undefined to the last one. */
  readonly to: string | undefined;
  readonly skip: number;
  readonly top: number;
}

/**
 * The page behind a material, in the order of the key. A row that comes or goes before it moves nothing: the page is found by its first
 * material, and rows are counted only within one material that fills a page alone.
 */
export const pagePath = (settings: SapSettings, { from, to, skip, top }: PageQuery): string =>
  path({
    $filter: [
      ...(from === undefined ? [] : [`Material ge ${literal(from)}`]),
      ...(to === undefined ? [] : [`Material lt ${literal(to)}`]),
      ...sellable(settings),
    ].join(' and '),
    $select: [...KEY, UNIT, QUANTITY].join(','),
    $orderby: KEY.join(','),
    $top: String(top),
    $skip: String(skip),
  });

/** The first warehouse behind one: warehouses are found one by one, since the service has no list of them. */
export const nextWarehousePath = (
  settings: SapSettings,
  after: { readonly plant: string; readonly storageLocation: string } | undefined,
): string =>
  path({
    $filter: [...(after === undefined ? [] : [behind(after.plant, after.storageLocation)]), ...sellable(settings)].join(' and '),
    $select: 'Plant,StorageLocation',
    $orderby: 'Plant,StorageLocation',
    $top: '1',
  });

const behind = (plant: string, storageLocation: string): string =>
  `(Plant gt ${literal(plant)} or (${equals('Plant', plant)} and StorageLocation gt ${literal(storageLocation)}))`;

// Percent-encoded throughout: gateways read a plus in a query as a plus.
const path = (query: Readonly<Record<string, string>>): string =>
  `${STOCK_PATH}?${Object.entries({ ...query, $format: 'json' })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
