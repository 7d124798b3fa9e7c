import type { LaterEffects } from '../../effects/later-effects.js';
import type { VendorAnswer, VendorCall } from '../../http/vendor-call.js';
import { callFault } from '../../http/vendor-server.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import { invalid, locked, notFound, systemError } from '../errors.js';
import type { WalmartStock } from './stock.js';

export interface Writing {
  readonly stock: WalmartStock;
  readonly later: LaterEffects;
  readonly clock: SandboxClock;
}

/** Why a SKU takes no figure now; undefined where it does. */
export function refusalOf({ stock, clock }: Writing, call: VendorCall, sku: string): VendorAnswer | undefined {
  const known = stock.of(sku);
  if (known === undefined) return notFound(sku);
  if (known.lockedUntil > clock.now()) return locked(sku);
  const fault = callFault(call);
  if (fault?.kind !== 'reject_listings' || !fault.listingIds.includes(sku)) return undefined;
  return fault.permanent ? invalid('sku', `${sku} may not be changed.`) : systemError(500);
}

/** Sets a figure now, later or never, as the planned fault has it. */
export function setFigure({ stock, later }: Writing, call: VendorCall, sku: string, shipNode: string, amount: number): void {
  const fault = callFault(call);
  if (fault?.kind === 'never_apply') return;
  if (fault?.kind === 'apply_late') later.add(fault.ms, () => stock.set(sku, shipNode, amount));
  else stock.set(sku, shipNode, fault?.kind === 'apply_twice' ? twice(stock.node(sku, shipNode).input, amount) : amount);
}

const twice = (before: number, after: number): number => Math.max(0, after + (after - before));
