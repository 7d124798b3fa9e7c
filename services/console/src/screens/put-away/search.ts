import { textsOf } from '../../app/search.js';

export const putAwaySearch = textsOf('status', 'location', 'sku');
