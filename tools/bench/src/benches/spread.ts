import { inProcess } from './in-process.js';

export const spread = inProcess({
  name: 'spread',
  about: 'reserve, 10,000 SKUs × 3 locations, 64 callers',
  callers: 64,
  skus: 10_000,
  locations: 3,
  mostUnits: 3,
  leastRatio: 2,
});
