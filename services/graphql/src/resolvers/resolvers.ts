import type { GraphQLFieldResolver } from 'graphql';
import type { Resolvers } from '../schema/executable-schema.js';
import { inventoryAdjust } from './adjusting.js';
import { availability } from './availability.js';
import type { RequestContext } from './context.js';
import { inventoryItem, inventoryItemFields } from './item.js';
import { inventoryItems } from './items.js';
import { inventoryReserve, reservation, reservationCommit, reservationRelease } from './reservations.js';
import { channelAvailabilityChanged, inventoryLevelChanged } from './changes.js';

/** Arguments have been checked against the schema before a resolver sees them. */
type Resolver<Source, Arguments> = (source: Source, given: Arguments, context: RequestContext) => unknown;

/** The compiler cannot see that a resolver's arguments are those of its field; the schema's check does. */
const untyped = <Source, Arguments>(resolver: Resolver<Source, Arguments>): GraphQLFieldResolver<unknown, never> =>
  resolver as unknown as GraphQLFieldResolver<unknown, never>;

export const RESOLVERS: Resolvers = {
  Query: {
    inventoryItem: untyped(inventoryItem),
    inventoryItems: untyped(inventoryItems),
    availability: untyped(availability),
    reservation: untyped(reservation),
  },
  Mutation: {
    inventoryAdjust: untyped(inventoryAdjust),
    inventoryReserve: untyped(inventoryReserve),
    reservationCommit: untyped(reservationCommit),
    reservationRelease: untyped(reservationRelease),
  },
  Subscription: {
    channelAvailabilityChanged: { subscribe: untyped(channelAvailabilityChanged) },
    inventoryLevelChanged: { subscribe: untyped(inventoryLevelChanged) },
  },
  InventoryItem: Object.fromEntries(Object.entries(inventoryItemFields).map(([name, resolver]) => [name, untyped(resolver)])),
};
