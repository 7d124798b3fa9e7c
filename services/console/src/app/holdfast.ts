import { Holdfast } from '@holdfast/client';
import { watchedFetch } from './session-end.js';

/** Every call of the console, as the session of the cookie. Reads reflect what was written here before. */
export const holdfast = new Holdfast({ url: '', credentials: 'same-origin', fetch: watchedFetch });
