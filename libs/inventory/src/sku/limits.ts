/** Limits of one SKU. They are counts unless the name says otherwise. */

/** Units that one command may name, and that a figure may reach in either direction. */
export const MAX_UNITS = 1_000_000_000;
export const MAX_LOCATIONS_PER_SKU = 1_000;
export const MAX_OPEN_RESERVATIONS_PER_SKU = 250_000;
export const MAX_OPEN_TRANSFERS_PER_SKU = 10_000;
/** Deliveries of a SKU that are still to come. Received ones are remembered too, as far as the limit leaves space. */
export const MAX_INBOUND_PER_SKU = 1_000;
/** Waiting reservations that one decision serves; the next decision serves the following ones. */
export const PROMOTED_AT_ONCE = 500;
/** A waiting reservation that only some locations may serve keeps at most this many of them. */
export const MOST_LOCATIONS_TO_WAIT_FOR = 100;
export const MAX_GRACE_MS = 366 * 86_400_000;
/** Channels of a SKU with a cap, a floor or a limit per holder. */
export const MAX_ALLOCATIONS_PER_SKU = 1_000;
/** Open holds that keep units from leaving. */
export const MAX_OPEN_HOLDS_PER_SKU = 1_000;
export const ENDED_HOLDS_KEPT = 256;
/** Lots with stock, and positions (lot and bin at a location) with units. */
export const MAX_LOTS_PER_SKU = 2_000;
export const MAX_POSITIONS_PER_SKU = 10_000;
/** Lots that one lot is remembered to come from. */
export const ORIGINS_KEPT = 1_000;
/** Lots without stock that are kept, so that a reversed commit finds them. */
export const EMPTIED_LOTS_KEPT = 128;
/** Of a hold that a cart or a channel asks for. */
export const MAX_TTL_MS = 86_400_000;
/** Of any hold: an order that is sold is held until it is shipped. */
export const MAX_HOLD_MS = 366 * 86_400_000;

/** Priority of a location without one. Lower numbers come first. */
export const DEFAULT_PRIORITY = 100;

/** Ids of recent commands on stock, limits or deliveries, kept so that a repeat changes nothing. */
export const RECENT_COMMANDS_KEPT = 1_024;
/** Ids of recent messages, kept until the sender's inbox has recorded them. */
export const RECENT_MESSAGES_KEPT = 256;
/** Ended reservations that are kept, so that a repeat gets the first answer and a commit can be reversed. */
export const ENDED_RESERVATIONS_KEPT = 128;
/** On a hot SKU the limit above is reached within moments; reservations that ended within the last moments are kept up to this count. */
export const JUST_ENDED_RESERVATIONS_KEPT = 1_024;
export const JUST_ENDED_MS = 120_000;
export const ENDED_TRANSFERS_KEPT = 128;
/** Reversed commits that are kept. They are rare, and a later repeat is found in the stream. */
export const REVERSED_COMMITS_KEPT = 1_024;
/** Parts of one reservation that are committed or released; their ids are kept while it is open. The last part takes all that is left. */
export const MAX_PARTS_PER_RESERVATION = 1_000;
/** Commands that extended one open reservation; their ids are kept, so that a repeat changes nothing. */
export const EXTENSIONS_KEPT = 16;

/** Overdue holds that one decision ends; it ends more only when it needs their units. */
export const OVERDUE_ENDED_AT_ONCE = 1_000;

/** Own movements that an ERP has not posted, per location; fewer are kept where no ERP has reported anything. */
export const OWN_MOVEMENTS_KEPT = 8_192;
export const OWN_MOVEMENTS_KEPT_WITHOUT_ERP = 1_024;
/** Movements with a time of their own since the last figure, per location. */
export const DATED_MOVEMENTS_KEPT = 1_024;
/** Orders whose commits were presumed posted, per location. */
export const PRESUMED_ORDERS_KEPT = 1_024;
/** Orders of a SKU that an ERP issued ahead of their commit. */
export const ISSUED_AHEAD_KEPT = 1_024;

/** Most other locations that a refusal names, and most holds, soonest expiry first, that it considers for a date. */
export const OTHER_LOCATIONS_NAMED = 10;
export const HOLDS_LOOKED_AT_FOR_A_DATE = 64;
