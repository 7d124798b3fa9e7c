import { textsOf } from '../../app/search.js';

export const analyticsSearch = textsOf('from', 'to', 'location');
