import type { Position } from '@holdfast/event-store';
import { START } from '@holdfast/event-store';
import type { Location } from '@holdfast/inventory';
import { MAIN_LOCATION, placeFault, placeOf } from '@holdfast/inventory';
import { inSlices } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { CheckedLine } from '../lines/line-result.js';
import { checkLine, checkLines, failedLine } from '../lines/line-result.js';
import type { BulkOptions } from '../lines/repeats.js';
import { byIndex, refuseRepeats } from '../lines/repeats.js';
import type { TenantLocations, PutResult } from '../locations/tenant-locations.js';
import type { Asker } from '../stock/stock.service.js';
import type { BinCapacities } from './bin-capacities.js';
import { binOf, binView } from './bin.dto.js';
import { type LocationLineResult, LocationRequest, type LocationView } from './location.dto.js';

export interface PutLocationAnswer {
  readonly location: LocationView;
  readonly created: boolean;
  readonly position: Position;
}

/** A tenant's locations, created and changed by people. */
export class LocationService {
  constructor(
    private readonly locations: TenantLocations,
    private readonly clock: Clock,
    private readonly capacities: Pick<BinCapacities, 'refusals'>,
    /** Called after locations changed: a warehouse of the same name may have become one. */
    private readonly onLocations: () => void,
  ) {}

  /** Creates the location or changes it. @throws Problem 409 `too_many_locations`, `too_many_bins`, `capacity_below_contents`, 400 `invalid_bin` */
  async put(asker: Asker, request: LocationRequest, commandId: string): Promise<PutLocationAnswer> {
    const fault = placeFault(request);
    if (fault !== undefined) {
      throw new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field: fault, message: PLACE_FAULT }] });
    }
    const { results, position } = await this.putAll(asker, [locationOf(request)], commandId);
    const [result] = results;
    if (result?.kind !== 'put') throw refusedPut(result?.refusal);
    const { bins, ...location } = result.location;
    const view = { id: location.locationId, ...location, ...(bins === undefined ? {} : { bins: bins.map(binView) }) };
    return { location: view, created: result.created, position };
  }

  /** Many at once; a bad line leaves the others alone. */
  async putLines(
    asker: Asker,
    values: readonly unknown[],
    commandId: string,
    { dryRun = false, nameOf = byIndex }: BulkOptions = {},
  ): Promise<{ readonly results: readonly LocationLineResult[]; readonly position: Position }> {
    const checked = await inSlices(checkLines(values, checkLocation));
    const once = await inSlices(refuseRepeats(checked, ({ locationId }) => locationId, 'describe the same location', nameOf));
    const valid = once.flatMap((one) => (one.kind === 'valid' ? [one] : []));
    const faulty: readonly LocationLineResult[] = once.flatMap((one) => (one.kind === 'faulty' ? [one.result] : []));
    const put = dryRun
      ? undefined
      : await this.putAll(
          asker,
          valid.map(({ line }) => line),
          commandId,
        );
    const done = valid.map(({ index, line }, place) => lineResult(index, line.locationId, put?.results[place]));
    const results = [...faulty, ...done].sort((one, other) => one.index - other.index);
    return { results, position: put?.position ?? START };
  }

  private async putAll(asker: Asker, locations: readonly Location[], commandId: string) {
    const refused = await this.capacities.refusals(asker.tenant, locations);
    const allowed = locations.filter((location) => !refused.has(location));
    const put = await this.locations.put(asker.tenant, allowed, { at: this.clock.now(), commandId, actor: asker.subject });
    this.onLocations();
    const results = new Map(allowed.map((location, index) => [location, put.results[index]]));
    return {
      position: put.position,
      results: locations.flatMap((location): readonly PutResult[] => {
        const refusal = refused.get(location);
        if (refusal !== undefined) return [{ kind: 'refused', refusal }];
        const result = results.get(location);
        return result === undefined ? [] : [result];
      }),
    };
  }
}

const PLACE_FAULT = 'cannot be so; latitude and longitude must come together';

function checkLocation(value: unknown, index: number): CheckedLine<Location> {
  const checked = checkLine(LocationRequest, value, index);
  if (checked.kind === 'faulty') return checked;
  const fault = placeFault(checked.line);
  if (fault === undefined) return { ...checked, line: locationOf(checked.line) };
  return { kind: 'faulty', result: failedLine(index, 'validation_failed', `${fault} ${PLACE_FAULT}`) };
}

const REFUSED = 'The tenant has as many locations as it may';
const REFUSALS: Readonly<Record<string, string>> = {
  invalid_bin: 'A bin is named twice, or is a quarantine and for sale',
  capacity_below_contents: 'More units lie in a bin than it would hold; move them first',
  too_many_bins: 'The location, or the tenant, has as many bins as it may',
};

function refusedPut(refusal: Extract<PutResult, { kind: 'refused' }>['refusal'] | undefined): Problem {
  const { code = 'refused', details = {} } = refusal ?? {};
  return new Problem(code === 'invalid_bin' ? 400 : 409, code, REFUSALS[code] ?? REFUSED, { details: [details] });
}

const locationOf = ({
  locationId,
  name,
  kind,
  priority,
  timeZone,
  blocked,
  sellableBeforePutAway,
  bins,
  ...place
}: LocationRequest): Location => ({
  locationId,
  name,
  kind: kind ?? MAIN_LOCATION.kind,
  priority: priority ?? MAIN_LOCATION.priority,
  ...(sellableBeforePutAway === undefined ? {} : { sellableBeforePutAway }),
  ...(timeZone === undefined ? {} : { timeZone }),
  ...(blocked === undefined ? {} : { blocked }),
  ...placeOf(place),
  ...(bins === undefined ? {} : { bins: bins.map(binOf) }),
});

const lineResult = (index: number, locationId: string, put: PutResult | undefined): LocationLineResult =>
  put?.kind === 'refused'
    ? { ...failedLine(index, put.refusal.code, REFUSALS[put.refusal.code] ?? REFUSED), locationId }
    : { index, status: 'ok', locationId };
