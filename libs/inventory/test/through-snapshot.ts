import { skuSnapshot, type SkuState } from '../src/index.js';

/** The state as it comes back from a stored snapshot. */
export const throughSnapshot = (state: SkuState): SkuState => skuSnapshot.read(JSON.parse(JSON.stringify(skuSnapshot.write(state))));
