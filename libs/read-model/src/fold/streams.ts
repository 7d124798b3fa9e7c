import { newestVersion, STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { mayChangeServing } from '@holdfast/inventory';

/** Whether the event changes what a whole channel may promise; such an event is a turn of its own. */
export const isChannelEvent = (recorded: RecordedEvent): boolean => STREAMS.channels.holds(recorded);

/** Whether the event may change that nothing of a location may leave, which all its SKUs show; such an event is a turn of its own, too. */
export const changesServing = (recorded: RecordedEvent): boolean =>
  STREAMS.locations.holds(recorded) && mayChangeServing(newestVersion(recorded).data as Parameters<typeof mayChangeServing>[0]);

/** Splits a batch so that each event that changes many SKUs is alone; the order stays. */
export function turnsOf(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const turns: RecordedEvent[][] = [];
  let current: RecordedEvent[] | undefined;
  for (const event of events) {
    if (isChannelEvent(event) || changesServing(event)) {
      turns.push([event]);
      current = undefined;
    } else {
      if (current === undefined) turns.push((current = []));
      current.push(event);
    }
  }
  return turns;
}
