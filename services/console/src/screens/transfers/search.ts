import { textsOf } from '../../app/search.js';

export const transfersSearch = textsOf('status', 'location');
