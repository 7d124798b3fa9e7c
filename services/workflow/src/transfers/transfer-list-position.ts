import type { Position } from '@holdfast/event-store';
import { awaitPosition } from '../following/await-position.js';

/** How much of the event log the list of transfers reflects. */
export class TransferListPosition {
  constructor(private readonly reached: () => Position) {}

  /** @throws Problem 412 `position_not_reached` */
  async atLeast(wanted: Position | undefined): Promise<Position> {
    await awaitPosition(this.reached, wanted);
    return this.reached();
  }
}
