/** Times of a day that begins at 0, in milliseconds. */
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const morning = 8 * hour;
export const noon = 12 * hour;
export const evening = 20 * hour;
export const night = 23 * hour;
