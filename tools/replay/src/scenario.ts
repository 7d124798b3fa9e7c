/** Names of one replay at the Holdfast it plays against. A prefix keeps several replays on one Holdfast apart. */
export interface Scenario {
  readonly prefix: string;
  readonly connectionId: string;
  readonly channelId: string;
  /** Home warehouse of every SKU, and a second one for the busiest. */
  readonly warehouses: readonly Warehouse[];
}

export interface Warehouse {
  /** As the ERP names it. */
  readonly warehouseId: string;
  /** As Holdfast names it. */
  readonly locationId: string;
  readonly priority: number;
}

export const DAY = 86_400_000;
export const WEEK = 7 * DAY;

/** @param warehouses as the ERP names them; by default as a connector would */
export function scenarioOf(prefix: string, warehouses: readonly [string, string] = [`${prefix}W1`, `${prefix}W2`]): Scenario {
  const [north, south] = warehouses;
  return {
    prefix,
    connectionId: `${prefix}erp`,
    channelId: `${prefix}webshop`,
    warehouses: [
      { warehouseId: north, locationId: `${prefix}NORTH`, priority: 10 },
      { warehouseId: south, locationId: `${prefix}SOUTH`, priority: 20 },
    ],
  };
}

/** Position of the ERP's warehouses in which a SKU lies: its home by a hash, and both for the busiest SKUs. */
export function warehousesOf(scenario: Scenario, sku: string, busy: ReadonlySet<string>): readonly Warehouse[] {
  if (busy.has(sku)) return scenario.warehouses;
  let hash = 0;
  for (const letter of sku) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return scenario.warehouses.filter((_, index) => index === hash % scenario.warehouses.length);
}
