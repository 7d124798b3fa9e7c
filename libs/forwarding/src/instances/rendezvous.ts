const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 units: short texts, no allocation. Collisions cost balance only. */
function hashOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return mixed(hash);
}

/** The finaliser of MurmurHash3 (32 bits): every bit of the input moves every bit of the result. */
function mixed(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Rendezvous hashing: each instance has a weight for each key, and the heaviest serves it. Who joins takes only keys that become its
 * own, who leaves gives only its own away, and every gateway that knows the same names chooses the same, without talking to another.
 * @returns undefined when there are none
 */
export function chosenFor<Instance extends { readonly name: string }>(key: string, instances: Iterable<Instance>): Instance | undefined {
  const keyHash = hashOf(key);
  let chosen: Instance | undefined;
  let heaviest = -1;
  for (const instance of instances) {
    const weight = mixed(keyHash ^ hashOf(instance.name));
    // Equal weights are parted by name, as the order in which instances are listed may differ between gateways.
    if (weight < heaviest || (weight === heaviest && chosen !== undefined && instance.name > chosen.name)) continue;
    chosen = instance;
    heaviest = weight;
  }
  return chosen;
}
