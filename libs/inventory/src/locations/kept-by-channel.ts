const PREFIX = 'kept-by:';

/**
 * Id of the location of the units that a sales channel itself keeps and sells (Amazon FBA, Walmart WFS). They are the tenant's, but nobody here
 * may promise them: no reservation takes them, and no channel's ATP counts them.
 */
export const keptLocationId = (channelId: string): string => `${PREFIX}${channelId}`;

export const isKeptByChannel = (locationId: string): boolean => locationId.startsWith(PREFIX);

/** The same as `isKeptByChannel` for a column of SQL. */
export const sqlIsKeptByChannel = (column: string): string => `starts_with(${column}, '${PREFIX}')`;
