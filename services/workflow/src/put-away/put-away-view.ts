import { completedUnits, putAwayStatus, unplacedUnits, type PutAwayRefusal, type PutAwayState } from '@holdfast/warehouse';
import type { PutAwayTaskView, RefusedPutAwayView } from './put-away-view.dto.js';
import type { TaskRecord } from './task-streams.js';

export function taskView({ state, createdAt, updatedAt }: TaskRecord, revision: number): PutAwayTaskView {
  return {
    id: state.taskId,
    status: putAwayStatus(state) ?? 'cancelled',
    version: revision + 1,
    sku: state.sku,
    productMasterId: state.sku,
    lotId: state.lotId ?? null,
    locationId: state.locationId,
    fromBinId: state.fromBinId ?? null,
    quantity: state.quantity,
    completed: completedUnits(state),
    assignedTo: state.assignedTo,
    lines: state.lines.map(({ binId, quantity, completed, because }) => ({ binId, quantity, completed, because })),
    unplaced: unplacedUnits(state),
    reference: state.reference ?? null,
    createdBy: state.createdBy,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

/** Lines of the newest move that the SKU refused. */
export const refusedLines = (state: PutAwayState): readonly RefusedPutAwayView[] =>
  state.outcomes.flatMap(({ claimId, quantity, refusal }) => {
    if (refusal === undefined) return [];
    const at = state.lines.findIndex((line) => line.claimId === claimId);
    return [refusedView({ line: at + 1, sku: state.sku, binId: state.lines[at]?.binId ?? null, quantity }, refusal)];
  });

export const refusedView = (about: Omit<RefusedPutAwayView, 'code'>, { code, free, available }: PutAwayRefusal): RefusedPutAwayView => ({
  ...about,
  code,
  ...(free === undefined ? {} : { free }),
  ...(available === undefined ? {} : { available }),
});
