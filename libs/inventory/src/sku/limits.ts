/** A limit on everything. Counts unless the name says otherwise. */

/** Units that one command may name, and that a figure may reach in either direction. */
export const MAX_UNITS = 1_000_000_000;
export const MAX_LOCATIONS_PER_SKU = 1_000;
export const MAX_OPEN_RESERVATIONS_PER_SKU = 250_000;
export const MAX_OPEN_TRANSFERS_PER_SKU = 10_000;
/** Deliveries of a SKU that are still to come; so many that have come are remembered beside them as long as there is room. */
export const MAX_INBOUND_PER_SKU = 1_000;
/** Reservations that what becomes free serves in one decision; the next decision goes on with those that wait still. */
export const PROMOTED_AT_ONCE = 500;
/** Where only some locations may serve a reservation that waits, so many of them count. */
export const MOST_LOCATIONS_TO_WAIT_FOR = 100;
export const MAX_GRACE_MS = 366 * 86_400_000;
/** Channels of a SKU with a cap, a floor or a limit per holder. */
export const MAX_ALLOCATIONS_PER_SKU = 1_000;
export const MAX_TTL_MS = 86_400_000;

/** Priority of a location that nobody gave one. Lower numbers come first. */
export const DEFAULT_PRIORITY = 100;

/** Ids of commands that change a SKU's stock, limits or deliveries and are remembered, so that a repeat changes nothing. */
export const RECENT_COMMANDS_KEPT = 1_024;
/** Ids of messages; more than may take effect before their sender's inbox knows them. */
export const RECENT_MESSAGES_KEPT = 256;
/** Ended reservations that are remembered, so that a repeat gets the first answer and a commit can be reversed. */
export const ENDED_RESERVATIONS_KEPT = 128;
/** On a hot SKU so many pass quickly; those that ended within the last moments are kept up to this count. */
export const JUST_ENDED_RESERVATIONS_KEPT = 1_024;
export const JUST_ENDED_MS = 120_000;
export const ENDED_TRANSFERS_KEPT = 128;
/** Commits that were taken back: rare, and a repeat that comes later finds it in the stream. */
export const REVERSED_COMMITS_KEPT = 1_024;
/** Parts of one reservation that are committed or let go, each known again while it is open. The last one takes all that is left. */
export const MAX_PARTS_PER_RESERVATION = 1_000;
/** Commands that extended one open reservation and are known again. */
export const EXTENSIONS_KEPT = 16;

/** Overdue holds that any one decision ends; more only as far as it needs their units. */
export const OVERDUE_ENDED_AT_ONCE = 1_000;

/** Own movements not posted by an ERP, per location; where no ERP was ever heard of, fewer will do. */
export const OWN_MOVEMENTS_KEPT = 8_192;
export const OWN_MOVEMENTS_KEPT_WITHOUT_ERP = 1_024;
/** Movements with a time of their own since the last figure, per location. */
export const DATED_MOVEMENTS_KEPT = 1_024;
/** Orders whose commits were presumed posted, per location. */
export const PRESUMED_ORDERS_KEPT = 1_024;
/** Orders of a SKU that an ERP issued ahead of their commit. */
export const ISSUED_AHEAD_KEPT = 1_024;

/** A refusal names so many other locations at most, and looks at so many of the holds that end first for a date. */
export const OTHER_LOCATIONS_NAMED = 10;
export const HOLDS_LOOKED_AT_FOR_A_DATE = 64;
