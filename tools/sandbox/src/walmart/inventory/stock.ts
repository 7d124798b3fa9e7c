import type { LaterEffects } from '../../effects/later-effects.js';

export interface NodeStock {
  /** What the seller set. */
  input: number;
  /** Ordered and not shipped, as far as the input does not leave it out already. */
  reserved: number;
  /** How often the input was set: an order knows whether its units are still counted. */
  writes: number;
}

export interface SkuStock {
  readonly sku: string;
  readonly title: string;
  readonly barcode: string | null;
  readonly itemId: string;
  readonly nodes: Map<string, NodeStock>;
  lockedUntil: number;
}

export interface StockParts {
  readonly shipNodes: readonly string[];
  readonly later: LaterEffects;
  readonly reserved: 'restarts' | 'stays';
  /** Called when the last unit of a SKU is gone. */
  readonly outOfStock: (stock: SkuStock) => void;
}

export const sellable = ({ input, reserved }: NodeStock): number => Math.max(0, input - reserved);
export const sellableInAll = ({ nodes }: SkuStock): number => [...nodes.values()].reduce((sum, node) => sum + sellable(node), 0);

/** Stock per SKU and ship node, as the seller set it and as shoppers took it. */
export class WalmartStock {
  private readonly skus = new Map<string, SkuStock>();
  /** Stock in Walmart's own warehouses, which sellers only read. */
  readonly kept = new Map<string, number>();

  constructor(private readonly parts: StockParts) {}

  get shipNodes(): readonly string[] {
    return this.parts.shipNodes;
  }

  /** The node of calls that name none. */
  get firstNode(): string {
    return this.shipNodes[0] ?? '';
  }

  add(sku: string, title: string, barcode: string | null, quantity: number): void {
    const nodes = new Map(this.shipNodes.map((node) => [node, { input: quantity, reserved: 0, writes: 0 }]));
    this.skus.set(sku, { sku, title, barcode, itemId: String(50_000_000 + this.skus.size), nodes, lockedUntil: 0 });
  }

  of(sku: string): SkuStock | undefined {
    this.parts.later.settle();
    return this.skus.get(sku);
  }

  all(): readonly SkuStock[] {
    this.parts.later.settle();
    return [...this.skus.values()];
  }

  node(sku: string, shipNode: string): NodeStock {
    const node = this.of(sku)?.nodes.get(shipNode);
    if (node === undefined) throw new Error(`Walmart has no ${sku} at ${shipNode}`);
    return node;
  }

  set(sku: string, shipNode: string, amount: number): void {
    this.watching(sku, () => {
      const node = this.node(sku, shipNode);
      node.input = amount;
      node.writes += 1;
      if (this.parts.reserved === 'restarts') node.reserved = 0;
    });
  }

  reserve(sku: string, shipNode: string, quantity: number): number {
    const node = this.node(sku, shipNode);
    if (sellable(node) < quantity) throw new Error(`Walmart shows ${String(sellable(node))} of ${sku}, not ${String(quantity)}`);
    this.watching(sku, () => {
      node.reserved += quantity;
    });
    return node.writes;
  }

  /** @param writes what `reserve` gave back for the units */
  release(sku: string, shipNode: string, quantity: number, writes: number): void {
    const node = this.node(sku, shipNode);
    if (this.parts.reserved === 'restarts' && node.writes !== writes) return;
    node.reserved = Math.max(0, node.reserved - quantity);
  }

  private watching(sku: string, change: () => void): void {
    const stock = this.of(sku);
    const before = stock === undefined ? 0 : sellableInAll(stock);
    change();
    if (stock !== undefined && before > 0 && sellableInAll(stock) === 0) this.parts.outOfStock(stock);
  }
}
