import type { EachBatchPayload, Offsets } from 'kafkajs';
import { offsetCommits, type EndedBatch } from './offset-commits.js';

describe('offsets of one consumer', () => {
  let requests: { readonly offsets: readonly string[]; readonly end: (error?: Error) => void }[];
  beforeEach(() => {
    requests = [];
  });

  const commitOffsetsIfNecessary = ({ topics }: Offsets): Promise<void> =>
    new Promise((resolve, reject) => {
      const offsets = topics.flatMap(({ topic, partitions }) => partitions.map((each) => `${topic}/${each.partition}=${each.offset}`));
      requests.push({ offsets, end: (error) => (error ? reject(error) : resolve()) });
    });
  const ended = (topic: string, partition: number, next: string): EndedBatch => ({
    next,
    payload: { batch: { topic, partition }, commitOffsetsIfNecessary } as unknown as EachBatchPayload,
  });
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const sent = async (count: number) => {
    while (requests.length < count) await turn();
    return requests.map(({ offsets }) => offsets);
  };

  it('share a request where they end together, and the next one where they end during it', async () => {
    const commits = offsetCommits();
    const first = [commits.add(ended('a', 0, '5')), commits.add(ended('a', 1, '7')), commits.add(ended('b', 0, '1'))];
    expect(await sent(1)).toEqual([['a/0=5', 'a/1=7', 'b/0=1']]);
    const second = [commits.add(ended('a', 2, '3')), commits.add(ended('b', 1, '9'))];
    await turn();
    expect(requests).toHaveLength(1);
    requests[0]?.end();
    await Promise.all(first);
    expect((await sent(2)).at(-1)).toEqual(['a/2=3', 'b/1=9']);
    requests[1]?.end();
    await Promise.all(second);
  });

  it('that are refused are a fault of each batch, and later ones are stored', async () => {
    const commits = offsetCommits();
    const refused = Promise.allSettled([commits.add(ended('a', 0, '5')), commits.add(ended('a', 1, '7'))]);
    await sent(1);
    requests[0]?.end(new Error('the group is rebalancing'));
    expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const later = commits.add(ended('a', 0, '6'));
    await sent(2);
    requests[1]?.end();
    await later;
  });
});
