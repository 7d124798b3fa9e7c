import { inProcess } from './in-process.js';

export const hot = inProcess({
  name: 'hot',
  about: 'reserve, one SKU, 64 callers',
  callers: 64,
  skus: 1,
  locations: 1,
  mostUnits: 1,
  leastRatio: 15,
});
