import { overHttp } from './over-http.js';

export const httpReserve = overHttp({
  name: 'http-reserve',
  about: 'reserve of one line over HTTP, 1,000 SKUs, 16 callers: how long it takes',
  callers: 16,
  skus: 1_000,
  locations: 1,
  mostUnits: 1,
  leastRatio: null,
  mostP99Ms: 25,
});
