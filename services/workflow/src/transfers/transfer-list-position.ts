import { ListPosition } from '../following/list-position.js';

/** How much of the event log the list of transfers reflects. */
export class TransferListPosition extends ListPosition {}
