import { ListPosition } from '../following/list-position.js';

/** How much of the event log the lists of stock requests reflect. */
export class RequestListPosition extends ListPosition {}
