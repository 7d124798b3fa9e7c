import { overHttp } from './over-http.js';

export const httpSpread = overHttp({
  name: 'http-spread',
  about: 'reserve over HTTP, 10,000 SKUs × 3 locations, 64 callers',
  callers: 64,
  skus: 10_000,
  locations: 3,
  mostUnits: 3,
  leastRatio: 1,
  mostP99Ms: null,
});
