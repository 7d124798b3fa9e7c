import type { Bus, OutgoingMessage } from '@holdfast/messaging';

/** Preparing so many lines takes some milliseconds; with fewer, the wait for the last lines of each portion would be felt. */
const PORTION = 2_000;

/**
 * Works on the lines of a bulk request in portions, one after another: it bounds what is prepared in one step of the event loop, and what is
 * in memory at once. Lines of one subject keep their order where `work` keeps it.
 */
export async function inPortions<Line, Result>(
  lines: readonly Line[],
  work: (portion: readonly Line[]) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < lines.length; start += PORTION) results.push(...(await work(lines.slice(start, start + PORTION))));
  return results;
}

/** Publishes portion after portion: a commit with all would be prepared in one step. @throws BusUnavailable, after which some are published */
export async function publishInPortions(bus: Pick<Bus, 'publish'>, topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
  await inPortions(messages, async (portion) => {
    await bus.publish(topic, portion);
    return [];
  });
}
