import { within } from '@holdfast/kit';
import type { ChannelEvent } from './inbound.js';

/** A hook is answered within a second; what a message is about may be asked for so long before. */
const MOST_MS = 600;

class AskedForTooLong extends Error {}

/** Events that a hook asks its vendor for before it answers; none where that takes too long, and then the next poll finds them. */
export async function withinTheAnswer(work: Promise<readonly ChannelEvent[]>): Promise<readonly ChannelEvent[]> {
  try {
    return await within(MOST_MS, work, () => new AskedForTooLong());
  } catch (error) {
    if (error instanceof AskedForTooLong) return [];
    throw error;
  }
}
