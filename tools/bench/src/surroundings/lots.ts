import { randomUUID } from 'node:crypto';
import type { SkuLedger } from '@holdfast/ledger';
import { HTTP_TENANT } from './servers.js';

export const LOCATION = 'MAIN';
/** Units of each SKU in a lot that lasts. */
export const UNITS_THAT_STAY = 7;
const AT_ONCE = 32;
const LONG_MS = 300 * 86_400_000;

/** A SKU with so many lots of one unit that expire at once, and one that does not. */
export interface BurstSku {
  readonly sku: string;
  readonly lots: number;
  readonly expiresAt: number;
}

export async function receiveLots(ledger: SkuLedger, goods: readonly BurstSku[]): Promise<void> {
  const left = goods.values();
  const worker = async (): Promise<void> => {
    for (const one of left) await receive(ledger, one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function receive(ledger: SkuLedger, { sku, lots, expiresAt }: BurstSku): Promise<void> {
  const [commandId, at] = [randomUUID(), Date.now()];
  const expiring = Array.from({ length: lots }, (_none, index) => ({ lotId: `L${String(index)}`, quantity: 1, ...datedAt(expiresAt) }));
  const positions = [...expiring, { lotId: 'LAST', quantity: UNITS_THAT_STAY, ...datedAt(at + LONG_MS) }];
  const quantity = lots + UNITS_THAT_STAY;
  const command = { type: 'ReceiveStock', at, commandId, locationId: LOCATION, quantity, effectiveAt: at, messageId: commandId } as const;
  const outcome = await ledger.execute({ tenant: HTTP_TENANT, sku }, { ...command, positions });
  if (outcome.kind === 'refused') throw new Error(`${sku} was not received: ${outcome.code}`);
}

const datedAt = (expiresAt: number) => ({ expiryDate: new Date(expiresAt).toISOString().slice(0, 10), expiresAt });
