import { ListPosition } from '../following/list-position.js';

/** How much of the event log the list of batches reflects. */
export class CountListPosition extends ListPosition {}
