import { accept } from '../../decision.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { SetBinSale } from './commands.js';
import { changesSale } from './positions.js';

/** Decides that units in bins may leave, or may not. Of bins that are so already it says nothing. */
export function setBinSale(state: SkuState, { commandId, locationId, bins }: SetBinSale): SkuDecision {
  const changes = bins.map(({ binId, sellable }) => ({ locationId, binId, delta: 0, sellable }));
  const changed = changes.filter((change) => changesSale(state.detail?.lots, change));
  if (!state.known || changed.length === 0) return accept();
  return accept({ type: 'PositionsCorrected', commandId, kind: 'bin', locationId, positions: changed });
}
