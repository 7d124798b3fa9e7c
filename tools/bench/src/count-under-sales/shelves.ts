import { randomUUID } from 'node:crypto';
import { positionViews } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { HTTP_TENANT } from '../surroundings/servers.js';

export const LOCATION = 'MAIN';
/** Sold first, and lying behind it. */
const LOTS = [
  { lotId: 'FRONT', days: 100 },
  { lotId: 'BACK', days: 300 },
] as const;
export type LotId = (typeof LOTS)[number]['lotId'];
export const LOT_IDS: readonly LotId[] = LOTS.map(({ lotId }) => lotId);
const UNITS = 100_000;
const AT_ONCE = 64;
const DAY_MS = 86_400_000;

/** What really lies on the shelves: what was received, less what was sold and what somebody took. */
export class Shelves {
  readonly #units = new Map<string, number>();
  readonly #busy = new Map<string, number>();
  readonly #closed = new Set<string>();

  constructor(readonly skus: readonly string[]) {}

  async fill(ledger: SkuLedger): Promise<void> {
    const left = this.skus.values();
    const worker = async (): Promise<void> => {
      for (const sku of left) await this.receive(ledger, sku);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  of(sku: string, lotId: LotId): number {
    return this.#units.get(`${sku} ${lotId}`) ?? 0;
  }

  take(sku: string, lotId: LotId, units: number): void {
    this.#units.set(`${sku} ${lotId}`, this.of(sku, lotId) - units);
  }

  /** Whether somebody may sell of the SKU: nobody stands before its shelf and counts. */
  isOpen(sku: string): boolean {
    return !this.#closed.has(sku);
  }

  /** Sells while nobody counts; `sale` resolves when it is answered. */
  async sell(sku: string, sale: () => Promise<void>): Promise<void> {
    this.#busy.set(sku, (this.#busy.get(sku) ?? 0) + 1);
    try {
      await sale();
      this.take(sku, 'FRONT', 1);
    } finally {
      this.#busy.set(sku, (this.#busy.get(sku) ?? 1) - 1);
    }
  }

  /** Nobody sells of these SKUs meanwhile; all others go on. */
  async undisturbed(skus: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const sku of skus) this.#closed.add(sku);
    try {
      while (skus.some((sku) => (this.#busy.get(sku) ?? 0) > 0)) await new Promise((resolve) => setTimeout(resolve, 5));
      await work();
    } finally {
      for (const sku of skus) this.#closed.delete(sku);
    }
  }

  /** SKUs of which a lot, or on hand, is not what lies there. */
  async differences(ledger: SkuLedger): Promise<number> {
    let found = 0;
    for (const sku of this.skus) {
      const { state } = await ledger.read({ tenant: HTTP_TENANT, sku });
      const units = new Map(positionViews(state, Date.now()).map(({ lotId, quantity }) => [lotId, quantity]));
      const all = LOT_IDS.reduce((sum, lotId) => sum + this.of(sku, lotId), 0);
      const isRight = LOT_IDS.every((lotId) => units.get(lotId) === this.of(sku, lotId)) && state.balances.get(LOCATION)?.onHand === all;
      if (!isRight) found += 1;
    }
    return found;
  }

  private async receive(ledger: SkuLedger, sku: string): Promise<void> {
    const [commandId, at] = [randomUUID(), Date.now()];
    const positions = LOTS.map(({ lotId, days }) => {
      const expiresAt = at + days * DAY_MS;
      return { lotId, quantity: UNITS, expiryDate: new Date(expiresAt).toISOString().slice(0, 10), expiresAt };
    });
    const quantity = UNITS * LOTS.length;
    const command = { type: 'ReceiveStock', at, commandId, locationId: LOCATION, quantity, effectiveAt: at, messageId: commandId } as const;
    const outcome = await ledger.execute({ tenant: HTTP_TENANT, sku }, { ...command, positions });
    if (outcome.kind === 'refused') throw new Error(`${sku} was not received: ${outcome.code}`);
    for (const { lotId } of LOTS) this.take(sku, lotId, -UNITS);
  }
}
