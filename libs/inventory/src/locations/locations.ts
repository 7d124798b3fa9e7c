import { accept, refuse, type Decision } from '../decision.js';
import { DEFAULT_PRIORITY } from '../sku/limits.js';
import { SortedMap } from '../sorted-map.js';
import type { Location, LocationEvent } from './events.js';
import { placeFault, placeOf, samePlace } from './place.js';

export const MAX_LOCATIONS = 10_000;
export const MAX_PRIORITY = 1_000_000;

/** The location that every tenant has without registering it. */
export const MAIN_LOCATION: Location = { locationId: 'MAIN', name: 'Main', kind: 'warehouse', priority: DEFAULT_PRIORITY };

/** By id. */
export type LocationsState = SortedMap<Location>;

const ONLY_MAIN: LocationsState = SortedMap.of([[MAIN_LOCATION.locationId, MAIN_LOCATION]]);

export const initialLocations = (): LocationsState => ONLY_MAIN;

/** Registers the location, or changes its fields. */
export interface PutLocation extends Location {
  readonly type: 'PutLocation';
}

/** Decides a command on a tenant's locations. Fields that are stored already yield no events. */
export function decideLocations(
  state: LocationsState,
  command: PutLocation,
): Decision<LocationEvent, 'invalid_priority' | 'invalid_place' | 'too_many_locations'> {
  const { locationId, name, kind, priority } = command;
  if (!Number.isInteger(priority) || priority < 0 || priority > MAX_PRIORITY) {
    return refuse('invalid_priority', { priority, least: 0, most: MAX_PRIORITY });
  }
  const fault = placeFault(command);
  if (fault !== undefined) return refuse('invalid_place', { field: fault });
  const location = { locationId, name, kind, priority, ...placeOf(command) };
  const known = state.get(locationId);
  if (known === undefined) {
    if (state.size >= MAX_LOCATIONS) return refuse('too_many_locations', { most: MAX_LOCATIONS });
    return accept({ type: 'LocationRegistered', ...location });
  }
  const same = known.name === name && known.kind === kind && known.priority === priority && samePlace(known, location);
  if (same) return accept();
  return accept({ type: 'LocationChanged', ...location });
}

/** Applies an event and returns the new state; the one given stays as it is, and they share what did not change. */
export const evolveLocations = (state: LocationsState, { type: _, ...location }: LocationEvent): LocationsState =>
  state.with(location.locationId, location);
