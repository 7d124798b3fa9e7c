import { textsOf } from '../../app/search.js';

export const driftSearch = textsOf('channel', 'kind', 'show');
