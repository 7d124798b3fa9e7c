import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';

/** Whether the event changes what a whole channel may promise; such an event is a turn of its own. */
export const isChannelEvent = (recorded: RecordedEvent): boolean => STREAMS.channels.holds(recorded);

/** Splits a batch so that each channel event is alone; the order stays. */
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
