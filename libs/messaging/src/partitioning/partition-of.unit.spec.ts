import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { partitionOf } from './partition-of.js';

const kafkaPartition = (key: string, partitions: number): number =>
  kafkajs.Partitioners.DefaultPartitioner()({
    topic: 't',
    partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({
      partitionId,
      leader: 0,
      replicas: [0],
      isr: [0],
      partitionErrorCode: 0,
    })),
    message: { key, value: '' },
  });

describe('the partition of a key', () => {
  it('is that of Kafka for any key', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 500 }), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
        expect(partitionOf(key, partitions)).toBe(kafkaPartition(key, partitions));
      }),
      { numRuns: 2_000 },
    ));

  it('is stable', () => {
    expect(['demo|85123A', 'demo|85123A|MAIN', 'größe|ß', ''].map((key) => partitionOf(key, 4))).toEqual([1, 3, 0, 1]);
  });
});
