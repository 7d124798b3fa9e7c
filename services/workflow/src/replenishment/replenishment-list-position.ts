import type { EventStore, Position } from '@holdfast/event-store';
import { Problem } from '@holdfast/platform';
import { ListPosition } from '../following/list-position.js';

/** How much of the event log the lists of rules and orders reflect. */
export class ReplenishmentListPosition extends ListPosition {
  constructor(
    reached: () => Position,
    private readonly eventStore: Pick<EventStore, 'head'>,
  ) {
    super(reached);
  }

  /** Waits until the lists reflect what is stored by now. @throws Problem 412 `position_not_reached` */
  async mustCatchUp(): Promise<void> {
    await this.atLeast(await this.eventStore.head());
  }

  /** Waits until the lists reflect what is stored by now, or for as long as is worth waiting. */
  async caughtUp(): Promise<Position> {
    try {
      await this.mustCatchUp();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
    return this.reached();
  }
}
