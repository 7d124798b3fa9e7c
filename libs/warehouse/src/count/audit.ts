import { overlap } from './place.js';
import type { CountState } from './state.js';

/** @returns what of a batch contradicts the rules that hold after every event, in words; empty for a sound one */
export function countViolations({ batchId, lines, phase }: CountState): readonly string[] {
  const found: string[] = [];
  for (const [index, each] of lines.entries()) {
    const { lineId, sku, status, booked, judged, entries } = each;
    const line = `line ${lineId} of ${batchId}`;
    if (lines.slice(0, index).some((other) => overlap(each, other))) found.push(`${line} counts ${sku} a second time`);
    const isBooked = status === 'equal' || status === 'accepted';
    if (isBooked !== (booked !== undefined)) found.push(`${line} is ${status} and ${booked === undefined ? 'not ' : ''}booked`);
    if (booked !== undefined && judged?.outcome !== 'accept') found.push(`${line} was booked and not accepted`);
    if (
      status === 'accepted' &&
      (judged?.within === false || judged?.unassigned !== undefined) &&
      entries.some(({ by, void: isVoid }) => !isVoid && by === judged.by)
    ) {
      found.push(`${line} needed a reviewer and was accepted by ${judged.by}, who counted it`);
    }
    if (phase === 'cancelled' && booked !== undefined) found.push(`${line} was booked and its batch cancelled`);
  }
  return found;
}
