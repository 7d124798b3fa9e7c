import type { ErpSimulator, ErpSystem } from './erp-simulator.js';

/** Warehouses of the small company, as each system names them. */
const WAREHOUSES: Readonly<Record<ErpSystem, readonly string[]>> = {
  'sap-s4hana': ['1010/101A', '1020/102A'],
  'totvs-protheus': ['01', '02'],
  'linx-microvix': ['12345678000195/1', '12345678000276/1'],
};

const FIRST_UNITS = 20;
const UNITS_APART = 7;

/** Gives the company some stock of each of these SKUs in each of its warehouses. */
export function fillSmallCompany({ system, company }: ErpSimulator, skus: readonly string[]): void {
  for (const [place, warehouse] of WAREHOUSES[system].entries())
    for (const [index, sku] of skus.entries())
      company.set({ sku, warehouse }, { quantity: String(FIRST_UNITS + ((index + place) % UNITS_APART) * UNITS_APART), unit: 'PC' });
}
