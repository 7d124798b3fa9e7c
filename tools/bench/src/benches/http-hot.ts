import { overHttp } from './over-http.js';

export const httpHot = overHttp({
  name: 'http-hot',
  about: 'reserve over HTTP, one SKU, 64 callers',
  callers: 64,
  skus: 1,
  locations: 1,
  mostUnits: 1,
  leastRatio: 2,
  mostP99Ms: null,
});
