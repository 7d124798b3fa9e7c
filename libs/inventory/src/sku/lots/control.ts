import { accept, refuse } from '../../decision.js';
import { isRepeatedCommand } from '../recent.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { SetLotControl } from './commands.js';
import { withoutLotAnywhere } from './positions.js';

/** Decides how lots of the SKU are kept. It never changes on hand; every unit must have a lot before it is required. */
export function setLotControl(state: SkuState, { commandId, control }: SetLotControl): SkuDecision {
  if (!state.known) return refuse('unknown_sku');
  if (isRepeatedCommand(state, commandId) || (state.detail?.lots?.control ?? 'none') === control) return accept();
  const unassigned = control === 'required' ? withoutLotAnywhere(state) : [];
  if (unassigned.length > 0) {
    return refuse('lots_unassigned', {
      unassigned: unassigned.reduce((sum, [, units]) => sum + units, 0),
      byLocation: unassigned.map(([locationId, units]) => ({ locationId, unassigned: units })),
    });
  }
  return accept({ type: 'LotControlSet', commandId, control });
}
