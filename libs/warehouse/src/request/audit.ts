import type { RequestState } from './state.js';

/** @returns what of a request contradicts the rules that hold after every event, in words; empty for a sound one */
export function requestViolations({ requestId, lines, authors, approver }: RequestState): readonly string[] {
  const found = lines.flatMap(({ lineId, requested, approved, reserved, waiting, shipped, cancelled }) => {
    const used = reserved + waiting + shipped + cancelled;
    const isSound = requested >= approved && approved >= used && Math.min(reserved, waiting, shipped, cancelled) >= 0;
    return isSound ? [] : [`line ${lineId} of ${requestId}: ${[requested, approved, reserved, waiting, shipped, cancelled].join(', ')}`];
  });
  return approver !== null && authors.includes(approver) ? [...found, `${requestId} was approved by one who asked for it`] : found;
}
