/**
 * SQL of the units that a row's listing shows in all: of a channel that maps places, those at locations mapped to them, at most its ATP. The same
 * sum as that of `figureToSend`. @param row with `quantity` and `parts` @param channel with `locations`
 */
export const figureAtPlaces = (row: string, channel: string): string => `
  CASE WHEN ${row}.parts IS NULL OR ${channel}.locations IS NULL OR ${channel}.locations = '[]' THEN ${row}.quantity
       ELSE least(${row}.quantity, (
         SELECT coalesce(sum((${row}.parts ->> place.id)::bigint), 0)::bigint
           FROM (SELECT DISTINCT one ->> 'locationId' AS id FROM jsonb_array_elements(${channel}.locations) AS one) AS place)) END`;
