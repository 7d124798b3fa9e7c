import type { NewListing } from '../simulator.js';

/** The products of Holdfast's sample data, so that a discovery finds them. */
const SAMPLE: readonly (readonly [sku: string, title: string, barcode: string])[] = [
  ['TENT-2P', 'Two-person tent', '4006381333931'],
  ['TENT-4P', 'Four-person tent', '4006381333948'],
  ['BAG-SUMMER', 'Sleeping bag, summer', '4006381333955'],
  ['BAG-WINTER', 'Sleeping bag, winter', '4006381333962'],
  ['STOVE-GAS', 'Gas stove', '4006381333979'],
  ['POT-SET', 'Pot set', '4006381333986'],
  ['LAMP-HEAD', 'Head lamp', '4006381333993'],
  ['BOOT-42', 'Hiking boots, size 42', '4006381334006'],
  ['BOOT-43', 'Hiking boots, size 43', '4006381334013'],
  ['JACKET-M', 'Rain jacket, M', '4006381334020'],
  ['JACKET-L', 'Rain jacket, L', '4006381334037'],
  ['BOTTLE-1L', 'Bottle, one litre', '4006381334044'],
  ['MEAL-PASTA', 'Trekking meal, pasta', '4006381334051'],
  ['BAR-NUT', 'Nut bar', '4006381334068'],
  ['CHEESE-200', 'Hard cheese, 200 g', '4006381334075'],
];

export const sampleListings = (): readonly NewListing[] => SAMPLE.map(([sku, title, barcode]) => ({ sku, title, barcode, quantity: 0 }));
