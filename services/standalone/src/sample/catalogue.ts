import { FOOD, type SampleProduct } from './food.js';

/** Lots expire at the end of their day here. */
export const TIME_ZONE = 'Europe/Berlin';

/** A small outdoor shop: two warehouses and a store, one ERP, two channels. */
export const LOCATIONS = [
  { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10, timeZone: TIME_ZONE },
  { locationId: 'HAM', name: 'Hamburg hub', kind: 'regional_hub', priority: 20, timeZone: TIME_ZONE },
  { locationId: 'MUC', name: 'Munich store', kind: 'store', priority: 30, timeZone: TIME_ZONE },
] as const;

export const ERP_CONNECTION = {
  connectionId: 'erp-demo',
  settings: {
    name: 'Demo ERP',
    system: 'demo',
    mappings: [
      { warehouseId: '1000', locationId: 'BER' },
      { warehouseId: '2000', locationId: 'HAM' },
      { warehouseId: '3000', locationId: 'MUC' },
    ],
  },
} as const;

export const CHANNELS = [
  {
    channelId: 'webshop',
    name: 'Web shop',
    channelType: 'E_COMMERCE',
    policy: { bufferUnits: 0, bufferPercent: 0, lowThreshold: 10, criticalThreshold: 0 },
  },
  {
    channelId: 'marketplace',
    name: 'Marketplace',
    channelType: 'MARKETPLACE',
    policy: { bufferUnits: 2, bufferPercent: 10, lowThreshold: 5, criticalThreshold: 0 },
  },
] as const;

export const PRODUCTS: readonly SampleProduct[] = [
  {
    sku: 'TENT-2P',
    name: 'Two-person tent',
    category: 'Camping',
    brandId: 'northwind',
    barcode: '4006381333931',
    costMinor: 8900,
    units: [42, 18, 4],
  },
  {
    sku: 'TENT-4P',
    name: 'Four-person tent',
    category: 'Camping',
    brandId: 'northwind',
    barcode: '4006381333948',
    costMinor: 15900,
    units: [15, 6, 1],
  },
  {
    sku: 'BAG-SUMMER',
    name: 'Sleeping bag, summer',
    category: 'Camping',
    brandId: 'northwind',
    barcode: '4006381333955',
    costMinor: 3200,
    units: [120, 60, 12],
  },
  {
    sku: 'BAG-WINTER',
    name: 'Sleeping bag, winter',
    category: 'Camping',
    brandId: 'northwind',
    barcode: '4006381333962',
    costMinor: 7400,
    units: [35, 20, 5],
  },
  {
    sku: 'STOVE-GAS',
    name: 'Gas stove',
    category: 'Cooking',
    brandId: 'fireside',
    barcode: '4006381333979',
    costMinor: 2100,
    units: [80, 40, 10],
  },
  {
    sku: 'POT-SET',
    name: 'Pot set',
    category: 'Cooking',
    brandId: 'fireside',
    barcode: '4006381333986',
    costMinor: 1800,
    units: [64, 30, 8],
  },
  {
    sku: 'LAMP-HEAD',
    name: 'Head lamp',
    category: 'Light',
    brandId: 'fireside',
    barcode: '4006381333993',
    costMinor: 1500,
    units: [200, 90, 25],
  },
  {
    sku: 'BOOT-42',
    name: 'Hiking boots, size 42',
    category: 'Footwear',
    brandId: 'ridge',
    barcode: '4006381334006',
    costMinor: 6900,
    units: [9, 3, 2],
  },
  {
    sku: 'BOOT-43',
    name: 'Hiking boots, size 43',
    category: 'Footwear',
    brandId: 'ridge',
    barcode: '4006381334013',
    costMinor: 6900,
    units: [0, 2, 1],
  },
  {
    sku: 'JACKET-M',
    name: 'Rain jacket, M',
    category: 'Clothing',
    brandId: 'ridge',
    barcode: '4006381334020',
    costMinor: 5400,
    units: [30, 14, 6],
  },
  {
    sku: 'JACKET-L',
    name: 'Rain jacket, L',
    category: 'Clothing',
    brandId: 'ridge',
    barcode: '4006381334037',
    costMinor: 5400,
    units: [0, 0, 0],
  },
  {
    sku: 'BOTTLE-1L',
    name: 'Bottle, one litre',
    category: 'Cooking',
    brandId: 'fireside',
    barcode: '4006381334044',
    costMinor: 600,
    units: [400, 250, 60],
  },
  ...FOOD,
];
