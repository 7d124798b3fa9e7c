import type { Admin } from 'kafkajs';
import { NoLeaderYet } from './faults.js';

/**
 * First and next offset of each partition of a topic. The client takes the answers of the leaders apart though a new topic has none yet.
 * @throws NoLeaderYet
 */
export async function offsetsOf(admin: Pick<Admin, 'fetchTopicOffsets'>, topic: string): ReturnType<Admin['fetchTopicOffsets']> {
  try {
    return await admin.fetchTopicOffsets(topic);
  } catch (error) {
    throw error instanceof TypeError ? new NoLeaderYet(`${topic} has no leader yet`, { cause: error }) : error;
  }
}
