import { murmur2 } from './murmur2.js';

const encoder = new TextEncoder();
const scratch = new Uint8Array(1_024);

/** Partition of a key; the same as that of Kafka's default partitioner, so that both engines lay a topic out alike. */
export function partitionOf(key: string, partitions: number): number {
  if (partitions === 1) return 0;
  return (murmur2(bytesOf(key)) & 0x7fffffff) % partitions;
}

// Keys are short and hashed by the million: encoding into one buffer spares an allocation each.
function bytesOf(key: string): Uint8Array {
  if (key.length * 3 > scratch.length) return encoder.encode(key);
  return scratch.subarray(0, encoder.encodeInto(key, scratch).written);
}
