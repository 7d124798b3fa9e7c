import type { BinState } from '../bin/index.js';
import type { PutAwayPhase, PutAwayState } from './state.js';

const ENDED: readonly PutAwayPhase[] = ['completed', 'cancelled', 'refused'];

/** What must not be of a task at rest: units moved beyond its quantity, or a line beyond its claim. Empty where all is well. */
export function putAwayViolations({ taskId, quantity, lines }: PutAwayState): readonly string[] {
  const placed = lines.reduce((sum, line) => sum + line.quantity, 0);
  const over = lines
    .filter((line) => line.completed > line.quantity)
    .map((line) => `${taskId}: ${line.claimId} moved more than it claimed`);
  return placed > quantity ? [`${taskId}: bins hold space for ${placed} of ${quantity} units`, ...over] : over;
}

/** Claims that outlived their task: there is none when every process has come to rest. */
export function lostClaims(bins: readonly BinState[], taskOf: (claimId: string) => PutAwayState | undefined): readonly string[] {
  return bins.flatMap(({ claims }) =>
    claims.filter(({ claimId }) => ENDED.includes(taskOf(claimId)?.phase ?? 'none')).map(({ claimId }) => claimId),
  );
}
