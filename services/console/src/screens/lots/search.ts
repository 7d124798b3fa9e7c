import { textsOf } from '../../app/search.js';

export const lotsSearch = textsOf('status', 'location', 'sku', 'withinDays');
