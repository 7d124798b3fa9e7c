const SEED = 0x9747b28c;
const FACTOR = 0x5bd1e995;

/** The 32-bit MurmurHash2 that Kafka's default partitioner uses, over bytes. Signed. */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const whole = length & ~3;
  let hash = SEED ^ length;

  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(view.getInt32(at, true), FACTOR);
    word ^= word >>> 24;
    hash = Math.imul(hash, FACTOR) ^ Math.imul(word, FACTOR);
  }

  if (whole < length) {
    for (let at = length - 1; at >= whole; at -= 1) hash ^= view.getUint8(at) << (8 * (at - whole));
    hash = Math.imul(hash, FACTOR);
  }

  hash ^= hash >>> 13;
  hash = Math.imul(hash, FACTOR);
  return hash ^ (hash >>> 15);
}
