import { textsOf } from '../../app/search.js';

export const countsSearch = textsOf('status', 'location');
