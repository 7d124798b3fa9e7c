import { BusUnavailable } from '../port.js';
import { isSettling, NoLeaderYet, reaching } from './faults.js';
import { offsetsOf } from './topic-offsets.js';

describe('the offsets of a topic that was made a moment ago', () => {
  // What the client does with the empty answer of no leader.
  const [nothing] = [] as { readonly partitions: never }[];
  const client = { fetchTopicOffsets: () => Promise.resolve().then(() => (nothing as { readonly partitions: never }).partitions) };

  it('are asked for again, as of a topic whose leader is being elected', async () => {
    const error: unknown = await offsetsOf(client, 'stock').catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(NoLeaderYet);
    expect(isSettling(error)).toBe(true);
  });

  it('are not to be had where that does not end', async () => {
    await expect(reaching(() => offsetsOf(client, 'stock'))).rejects.toBeInstanceOf(BusUnavailable);
  });

  it('keep every other fault as it is', async () => {
    const fault = new Error('no such topic');
    await expect(offsetsOf({ fetchTopicOffsets: () => Promise.reject(fault) }, 'stock')).rejects.toBe(fault);
  });
});
