import { textsOf } from '../../app/search.js';

export const historySearch = textsOf('channel', 'operation', 'sku');
