import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '@holdfast/event-store';
import { Problem } from '@holdfast/platform';

const PATIENCE_MS = 5_000;
const LOOK_MS = 5;

/** Waits until a reader reflects what its caller has written. @throws Problem 412 `position_not_reached` after five seconds */
export async function awaitPosition(reached: () => Position, wanted: Position | undefined, patienceMs = PATIENCE_MS): Promise<void> {
  for (let waited = 0; wanted !== undefined && reached() < wanted; waited += LOOK_MS) {
    if (waited >= patienceMs) {
      const details = [{ wanted: wanted.toString(), reached: reached().toString() }];
      throw new Problem(412, 'position_not_reached', 'This view does not reflect that position yet; try again', { details });
    }
    await pause(LOOK_MS);
  }
}
