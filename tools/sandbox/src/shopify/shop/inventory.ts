import { gid } from './gid.js';

export interface ShopLocation {
  readonly id: string;
  readonly name: string;
}

export interface Item {
  readonly id: string;
  readonly variantId: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly title: string;
  tracked: boolean;
  /** Parents of bundles are computed by the vendor and cannot be set. */
  mutable: boolean;
}

/** Figures of an item at a location. On hand is available and committed together. */
export interface Level {
  readonly item: Item;
  readonly location: ShopLocation;
  available: number;
  committed: number;
  active: boolean;
  /** Epoch milliseconds. */
  updatedAt: number;
}

const FIRST_LOCATION = 601;
const FIRST_ITEM = 40_001;
const FIRST_VARIANT = 70_001;

/** Locations, items and their figures of one shop. */
export class Inventory {
  readonly locations: readonly ShopLocation[];
  private readonly byId = new Map<string, Item>();
  private readonly byVariant = new Map<string, Item>();
  private readonly skuCounts = new Map<string, number>();
  private readonly levels = new Map<string, Map<string, Level>>();

  /** @param changed is told of each level whose available figure changed */
  constructor(
    locationNames: readonly string[],
    private readonly now: () => number,
    private readonly changed: (level: Level) => void,
  ) {
    this.locations = locationNames.map((name, index) => ({ id: gid('Location', FIRST_LOCATION + index), name }));
  }

  get items(): readonly Item[] {
    return [...this.byId.values()];
  }

  add(
    listing: { readonly sku: string; readonly barcode?: string; readonly title?: string; readonly quantity?: number },
    stockedAt: readonly ShopLocation[] = this.locations,
  ): Item {
    const index = this.byId.size;
    const item: Item = {
      id: gid('InventoryItem', FIRST_ITEM + index),
      variantId: gid('ProductVariant', FIRST_VARIANT + index),
      sku: listing.sku,
      barcode: listing.barcode ?? null,
      title: listing.title ?? listing.sku,
      tracked: true,
      mutable: true,
    };
    this.byId.set(item.id, item);
    this.byVariant.set(item.variantId, item);
    this.skuCounts.set(item.sku, this.sameSku(item.sku) + 1);
    this.levels.set(item.id, new Map());
    for (const location of stockedAt) this.open(item, location, listing.quantity ?? 0);
    return item;
  }

  item(id: string): Item | undefined {
    return this.byId.get(id);
  }

  variant(id: string): Item | undefined {
    return this.byVariant.get(id);
  }

  location(id: string): ShopLocation | undefined {
    return this.locations.find((location) => location.id === id);
  }

  /** The level where the item is stocked; undefined where it is not, or not any more. */
  level(itemId: string, locationId: string): Level | undefined {
    const level = this.levels.get(itemId)?.get(locationId);
    return level?.active === true ? level : undefined;
  }

  levelsOf(itemId: string): readonly Level[] {
    return [...(this.levels.get(itemId)?.values() ?? [])].filter(({ active }) => active);
  }

  levelsAt(locationId: string): readonly Level[] {
    return this.items.flatMap(({ id }) => this.level(id, locationId) ?? []);
  }

  /** How many items carry the SKU: it is not unique. */
  sameSku(sku: string): number {
    return this.skuCounts.get(sku) ?? 0;
  }

  /** Stocks the item at the location. A level that was there before keeps its figures unless others are given. */
  activate(item: Item, location: ShopLocation, available: number | undefined): Level {
    const old = this.levels.get(item.id)?.get(location.id);
    if (old === undefined) return this.open(item, location, available ?? 0);
    old.active = true;
    this.setAvailable(old, available ?? old.available);
    return old;
  }

  deactivate(level: Level): void {
    level.active = false;
  }

  setAvailable(level: Level, available: number): void {
    if (level.available === available) return;
    level.available = available;
    level.updatedAt = this.now();
    this.changed(level);
  }

  private open(item: Item, location: ShopLocation, available: number): Level {
    const level: Level = { item, location, available, committed: 0, active: true, updatedAt: this.now() };
    this.levels.get(item.id)?.set(location.id, level);
    return level;
  }
}
