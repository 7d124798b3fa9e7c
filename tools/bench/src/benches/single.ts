import { inProcess } from './in-process.js';

export const single = inProcess({
  name: 'single',
  about: 'reserve, one SKU, one caller',
  callers: 1,
  skus: 1,
  locations: 1,
  mostUnits: 1,
  leastRatio: 0.8,
});
