import type { RecordedEvent } from '@holdfast/event-store';

/** Thrown by the fold for an event that it cannot read or apply. */
export class Unprojectable extends Error {
  constructor(
    readonly event: RecordedEvent,
    cause: unknown,
  ) {
    super(`${event.type} at position ${event.position} of ${event.stream} cannot be projected`, { cause });
    this.name = 'Unprojectable';
  }
}

/** Thrown for events that come right after the checkpoint and could not be projected in one turn; the cause says why. */
export class TurnFailed extends Error {
  constructor(
    readonly events: readonly RecordedEvent[],
    cause: unknown,
  ) {
    super('a turn could not be projected', { cause });
    this.name = 'TurnFailed';
  }
}
