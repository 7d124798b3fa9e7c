import { textsOf } from '../../app/search.js';

export const deadLettersSearch = textsOf('status');
