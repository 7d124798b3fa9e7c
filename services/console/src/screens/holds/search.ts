import { textsOf } from '../../app/search.js';

export const holdsSearch = textsOf('status', 'type', 'location', 'sku');
