import { textsOf } from '../../app/search.js';

export const adjustmentsSearch = textsOf('reason', 'location', 'sku');
