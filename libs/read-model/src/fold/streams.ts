import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';

/** Whether the event changes what a whole channel may promise; such a one is a turn of its own. */
export const isChannelEvent = (recorded: RecordedEvent): boolean => STREAMS.channels.holds(recorded);

/** Cuts a batch so that each channel event stands alone and the rest stays in order. */
export function turnsOf(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const turns: RecordedEvent[][] = [];
  let current: RecordedEvent[] | undefined;
  for (const event of events) {
    if (isChannelEvent(event)) {
      turns.push([event]);
      current = undefined;
    } else {
      if (current === undefined) turns.push((current = []));
      current.push(event);
    }
  }
  return turns;
}
