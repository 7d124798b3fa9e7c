import { textsOf } from '../../app/search.js';

export const requestsSearch = textsOf('status', 'from', 'to', 'q');
