import { itemId, MAIN_LOCATION } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { ProductRequest } from '../../catalogue/product.dto.js';
import type { ProductService } from '../../catalogue/product.service.js';
import { UNITS_FORM, unitsIn, unitsText, withUnits } from '../../catalogue/product-units.js';
import type { CsvLine } from '../../csv/csv-table.js';
import type { TenantLocations } from '../../locations/tenant-locations.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Former, LineFault } from '../import-kind.js';
import type { DescribedThings, Standing } from './described-things.js';
import { DescriptionLines } from './description-lines.js';
import { unknownLocation } from './unknown-location.js';

type Cells = CsvLine['value'];

const placeOf = ({ locationId = MAIN_LOCATION.locationId }: Cells): string => String(locationId);

/** Products, by SKU; of a safety stock also by location. A product cannot be removed, nor its fields emptied but its units of measure. */
class Products implements DescribedThings {
  readonly keys = ['sku', 'locationId'] as const;
  readonly emptiable: ReadonlySet<string> = new Set(['units']);

  constructor(
    private readonly ledger: Pick<SkuLedger, 'read'>,
    private readonly products: ProductService,
    private readonly locations: TenantLocations,
  ) {}

  /** One that only an ERP or a figure named so far counts as not there. */
  async read(tenant: string, cells: Cells): Promise<Standing> {
    const { state } = await this.ledger.read({ tenant, sku: String(cells['sku']) });
    const safetyStock = state.balances.get(placeOf(cells))?.safetyStock;
    const { units, removalDays = 0, ...rest } = state.description;
    return {
      exists: state.known && state.verified,
      values: {
        ...rest,
        units: unitsText(units),
        removalDays,
        lotControl: state.detail?.lots?.control ?? 'none',
        safetyStock: safetyStock ?? 0,
      },
    };
  }

  async faultOf(tenant: string, cells: Cells): Promise<LineFault | undefined> {
    const locationId = placeOf(cells);
    return (await this.locations.unknownOf(tenant, [locationId])).size === 0 ? undefined : unknownLocation(locationId);
  }

  async put(asker: Asker, cells: Cells, values: Former, commandId: string): Promise<void> {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    const emptied = values['units'] === null ? { units: [] } : {};
    const request = Object.assign(new ProductRequest(), { ...withUnits(given), ...emptied, sku: cells['sku'], locationId: placeOf(cells) });
    await this.products.put(asker, request, commandId);
  }
}

/** Product files: master data by SKU, and the safety stock of a location. */
export class ProductLines extends DescriptionLines {
  readonly name = 'products';
  readonly permission = 'products.write';
  readonly columns = {
    required: ['sku'],
    optional: [
      'name',
      'category',
      'barcode',
      'brandId',
      'costMinor',
      'lowStockThreshold',
      'units',
      'removalDays',
      'lotControl',
      'safetyStock',
      'locationId',
    ],
    numeric: ['costMinor', 'lowStockThreshold', 'removalDays', 'safetyStock'],
  };

  constructor(ledger: Pick<SkuLedger, 'read'>, products: ProductService, locations: TenantLocations) {
    super(new Products(ledger, products, locations), ProductRequest, (cells) => itemId(String(cells['sku']), placeOf(cells)));
  }

  /** Units are written as they are shown, so that a line that changes nothing is known by its text. */
  override check(cells: Cells): { readonly subject: string } | LineFault {
    const { units } = cells;
    if (units === undefined) return super.check(cells);
    const read = unitsIn(String(units));
    if (read === undefined || unitsText(read) !== units)
      return {
        column: 'units',
        code: 'validation_failed',
        says: `units must be written as ${UNITS_FORM}, without blanks around the signs`,
      };
    return super.check(cells, withUnits(cells));
  }
}
