import type { Position } from '@holdfast/event-store';
import { awaitPosition } from './await-position.js';

/** How much of the event log a list reflects. */
export abstract class ListPosition {
  constructor(protected readonly reached: () => Position) {}

  /** @throws Problem 412 `position_not_reached` */
  async atLeast(wanted: Position | undefined): Promise<Position> {
    await awaitPosition(this.reached, wanted);
    return this.reached();
  }
}
