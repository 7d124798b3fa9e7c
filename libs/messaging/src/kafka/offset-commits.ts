import { GroupCommit } from '@holdfast/kit';
import type { EachBatchPayload } from 'kafkajs';

/** The next offset wanted of a partition, and the payload of the batch that ended before it. */
export interface EndedBatch {
  readonly payload: EachBatchPayload;
  readonly next: string;
}

/**
 * Stores the offsets of one consumer. Its partitions are handled side by side, so batches end together: those that end while a request is
 * under way share the next one. With a request for each they were two fifths of all that a broker was asked.
 */
export const offsetCommits = (): GroupCommit<EndedBatch> =>
  new GroupCommit<EndedBatch>({
    commit: store,
    sizeOf: () => 1,
    // A consumer has as many batches as partitions at most.
    maxGroupSize: Number.POSITIVE_INFINITY,
    maxWaitingSize: Number.POSITIVE_INFINITY,
    tooMany: () => new Error('Too many offsets wait to be stored.'),
    // A refusal is about the member or its coordinator, so it is one for all.
    failsAll: () => true,
  });

async function store(ended: readonly EndedBatch[]): Promise<void> {
  const byTopic = new Map<string, { partition: number; offset: string }[]>();
  for (const { payload, next } of ended) {
    const { topic, partition } = payload.batch;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), { partition, offset: next }]);
  }
  // All payloads of a consumer commit for the same member.
  await ended[0]?.payload.commitOffsetsIfNecessary({ topics: [...byTopic].map(([topic, partitions]) => ({ topic, partitions })) });
}
