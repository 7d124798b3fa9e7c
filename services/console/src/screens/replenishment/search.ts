import { textsOf } from '../../app/search.js';

export const replenishmentSearch = textsOf('status', 'location', 'sku');
