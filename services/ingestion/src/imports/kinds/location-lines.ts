import type { Location } from '@holdfast/inventory';
import { placeFault } from '@holdfast/inventory';
import { IsLocationId, IsText } from '@holdfast/platform';
import { LocationRequest } from '../../catalogue/location.dto.js';
import type { LocationService } from '../../catalogue/location.service.js';
import type { CsvLine } from '../../csv/csv-table.js';
import type { TenantLocations } from '../../locations/tenant-locations.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Former, LineFault } from '../import-kind.js';
import type { DescribedThings, Standing } from './described-things.js';
import { DescriptionLines } from './description-lines.js';

type Cells = CsvLine['value'];

/** A line may leave out what stands there already. */
class LocationLine extends LocationRequest {
  @IsLocationId()
  declare readonly locationId: string;

  @IsText({ optional: true })
  declare readonly name: string;
}

/** Locations, by id. One cannot be removed; where it lies can be emptied. */
class Locations implements DescribedThings {
  readonly keys = ['locationId'] as const;
  readonly emptiable: ReadonlySet<string> = new Set(['latitude', 'longitude', 'country', 'postalCode', 'region']);

  constructor(
    private readonly service: LocationService,
    private readonly locations: TenantLocations,
  ) {}

  async read(tenant: string, cells: Cells): Promise<Standing> {
    const location = await this.find(tenant, cells);
    if (location === undefined) return { exists: false, values: {} };
    const { bins: _, sellableBeforePutAway: __, blocked = false, ...values } = location;
    return { exists: true, values: { ...values, blocked: String(blocked) } };
  }

  faultOf(_tenant: string, cells: Cells, { exists, values }: Standing): Promise<LineFault | undefined> {
    if (!exists && cells['name'] === undefined)
      return Promise.resolve({ column: 'name', code: 'validation_failed', says: 'name must be given for a new location' });
    const fault = placeFault({ ...values, ...cells });
    const says = `${String(fault)} cannot be so; latitude and longitude must come together`;
    return Promise.resolve(fault === undefined ? undefined : { column: fault, code: 'validation_failed', says });
  }

  async put(asker: Asker, cells: Cells, values: Former, commandId: string): Promise<void> {
    const standing = await this.find(asker.tenant, cells);
    const merged = { ...standing, bins: undefined, ...values, locationId: cells['locationId'] };
    const given = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
    // A cell is text; what stands already is not.
    if ('blocked' in given) given['blocked'] = ['true', '1'].includes(String(given['blocked']));
    await this.service.put(asker, Object.assign(new LocationRequest(), given), commandId);
  }

  private async find(tenant: string, cells: Cells): Promise<Location | undefined> {
    return this.locations.find(tenant, String(cells['locationId']));
  }
}

/** Location files: what is known of each location. */
export class LocationLines extends DescriptionLines {
  readonly name = 'locations';
  readonly permission = 'locations.write';
  readonly columns = {
    required: ['locationId'],
    optional: ['name', 'kind', 'priority', 'latitude', 'longitude', 'country', 'postalCode', 'region', 'timeZone', 'blocked'],
    numeric: ['priority', 'latitude', 'longitude'],
  };

  constructor(service: LocationService, locations: TenantLocations) {
    super(new Locations(service, locations), LocationLine, ({ locationId }) => String(locationId));
  }
}
