import { initialSkuState, type SkuState } from './state.js';

/** State as plain JSON and back. A snapshot of another version is not read: the stream is folded instead. */
export const skuSnapshot = {
  version: 1,
  write: (state: SkuState): unknown => state.known,
  read: (json: unknown): SkuState => {
    void json;
    return initialSkuState();
  },
};
