import { accept, refuse, type Decision } from '../decision.js';
import { DEFAULT_PRIORITY } from '../sku/limits.js';
import { SortedMap } from '../sorted-map.js';
import { binFault, MAX_BINS, MAX_BINS_PER_LOCATION, sameBin, withBins, type Bin } from './bins.js';
import type { Location, LocationEvent, LocationFacts } from './events.js';
import { placeFault, placeOf, samePlace } from './place.js';
import { servesNobody } from './serving.js';

export const MAX_LOCATIONS = 10_000;
export const MAX_PRIORITY = 1_000_000;

/** The location that every tenant has without registering it. */
export const MAIN_LOCATION: Location = { locationId: 'MAIN', name: 'Main', kind: 'warehouse', priority: DEFAULT_PRIORITY };

/** By id. */
export type LocationsState = SortedMap<Location>;

const ONLY_MAIN: LocationsState = SortedMap.of([[MAIN_LOCATION.locationId, MAIN_LOCATION]]);

export const initialLocations = (): LocationsState => ONLY_MAIN;

/**
 * Registers the location, or changes its fields. Bins that are named are added or replaced, the others stay. A time zone, `blocked` and
 * `sellableBeforePutAway` that are missing stay as they are.
 */
export interface PutLocation extends Location {
  readonly type: 'PutLocation';
}

export type LocationRefusalCode = 'invalid_priority' | 'invalid_place' | 'invalid_bin' | 'too_many_locations' | 'too_many_bins';

/** Decides a command on a tenant's locations. Fields that are stored already yield no events. */
export function decideLocations(state: LocationsState, command: PutLocation): Decision<LocationEvent, LocationRefusalCode> {
  const { priority, bins = [] } = command;
  if (!Number.isInteger(priority) || priority < 0 || priority > MAX_PRIORITY) {
    return refuse('invalid_priority', { priority, least: 0, most: MAX_PRIORITY });
  }
  const fault = placeFault(command);
  if (fault !== undefined) return refuse('invalid_place', { field: fault });
  const known = state.get(command.locationId);
  if (known === undefined && state.size >= MAX_LOCATIONS) return refuse('too_many_locations', { most: MAX_LOCATIONS });
  return refusedBins(state, known?.bins ?? [], bins) ?? accept(...changedFacts(known, command), ...changedBins(known, command));
}

function changedFacts(known: Location | undefined, command: PutLocation): readonly LocationEvent[] {
  const { locationId, name, kind, priority } = command;
  const sellableBeforePutAway = command.sellableBeforePutAway ?? known?.sellableBeforePutAway;
  const held = sellableBeforePutAway === false ? { sellableBeforePutAway } : {};
  const facts: LocationFacts = { locationId, name, kind, priority, ...held, ...standing(known, command), ...placeOf(command) };
  if (known === undefined) return [{ type: 'LocationRegistered', ...facts }];
  const same =
    known.name === name &&
    known.kind === kind &&
    known.priority === priority &&
    (known.sellableBeforePutAway ?? true) === (sellableBeforePutAway ?? true) &&
    sameStanding(known, facts) &&
    samePlace(known, facts);
  return same ? [] : [{ type: 'LocationChanged', ...facts }];
}

function changedBins(known: Location | undefined, { locationId, bins = [] }: PutLocation): readonly LocationEvent[] {
  const before = new Map((known?.bins ?? []).map((bin) => [bin.binId, bin]));
  const changed = bins.filter((bin) => {
    const same = before.get(bin.binId);
    return same === undefined || !sameBin(same, bin);
  });
  return changed.length === 0 ? [] : [{ type: 'BinsSet', locationId, bins: changed }];
}

function refusedBins(state: LocationsState, known: readonly Bin[], put: readonly Bin[]) {
  if (put.length === 0) return undefined;
  if (new Set(put.map(({ binId }) => binId)).size < put.length) return refuse('invalid_bin', { field: 'binId' });
  for (const bin of put) {
    const field = binFault(bin);
    if (field !== undefined) return refuse('invalid_bin', { binId: bin.binId, field });
  }
  const added = withBins(known, put).length - known.length;
  if (known.length + added > MAX_BINS_PER_LOCATION) return refuse('too_many_bins', { most: MAX_BINS_PER_LOCATION });
  let all = added;
  for (const { bins = [] } of state.values()) all += bins.length;
  return added > 0 && all > MAX_BINS ? refuse('too_many_bins', { most: MAX_BINS }) : undefined;
}

type Standing = Pick<Location, 'timeZone' | 'blocked'>;

/** `blocked` is said where it is so, or where the location served nobody before: readers need not know the location for it. */
function standing(known: Location | undefined, command: PutLocation): Standing {
  const timeZone = command.timeZone ?? known?.timeZone;
  const blocked = command.blocked ?? known?.blocked ?? false;
  return {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(blocked || (known !== undefined && servesNobody(known)) ? { blocked } : {}),
  };
}

const sameStanding = (one: Standing, other: Standing): boolean =>
  one.timeZone === other.timeZone && (one.blocked ?? false) === (other.blocked ?? false);

/** Applies an event and returns the new state; the one given stays as it is, and they share what did not change. */
export function evolveLocations(state: LocationsState, event: LocationEvent): LocationsState {
  const known = state.get(event.locationId);
  if (event.type === 'BinsSet') {
    return known === undefined ? state : state.with(event.locationId, { ...known, bins: withBins(known.bins ?? [], event.bins) });
  }
  const { type: _, blocked, ...facts } = event;
  const bins = known?.bins === undefined ? {} : { bins: known.bins };
  return state.with(facts.locationId, { ...facts, ...(blocked === true ? { blocked } : {}), ...bins });
}
