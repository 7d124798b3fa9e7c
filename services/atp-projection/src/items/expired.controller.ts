import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { positionId } from '@holdfast/inventory';
import type { Clock } from '@holdfast/kit';
import { CLOCK, CurrentCaller, Needs, type Caller } from '@holdfast/platform';
import { findExpiringLots, type ExpiringLot } from '@holdfast/read-model';
import { pageWanted, paginationView } from '../reading/paging.js';
import { ReadsProjection } from '../reading/reads-projection.js';
import { ReadTables } from '../reading/read-tables.js';
import { ExpiredLotsView, type ExpiredLotView, ExpiredQuery } from './expired.dto.js';

const DAY_MS = 86_400_000;
const EXPIRING_DAYS = 30;

@ApiTags('Lots')
@Controller('api/inventory/expired')
@ReadsProjection()
export class ExpiredController {
  constructor(
    private readonly tables: ReadTables,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'lots.expired', summary: 'Lots with units that are expired, or will be, soonest first' })
  @ApiOkResponse({ type: ExpiredLotsView })
  async list(@CurrentCaller() { tenant }: Caller, @Query() query: ExpiredQuery): Promise<ExpiredLotsView> {
    const now = this.clock.now();
    const page = pageWanted(query);
    const { sku, locationId, search, status, withinDays = status === 'expiring' ? EXPIRING_DAYS : 0 } = query;
    const until = status === 'expired' ? now : now + withinDays * DAY_MS;
    const filter = { sku, locationId, search, after: status === 'expiring' ? now : undefined, until };
    const { rows, total } = await findExpiringLots(this.tables, tenant, filter, page);
    return { expired: rows.map((row) => expiredView(row, now)), pagination: paginationView(page, total) };
  }
}

function expiredView(row: ExpiringLot, now: number): ExpiredLotView {
  const { sku, name, locationId, lotId, expiryDate, expiresAt, units, uncovered, costMinor } = row;
  const isExpired = expiresAt <= now;
  return {
    id: positionId(sku, locationId, lotId, ''),
    sku,
    productMasterId: sku,
    productName: name,
    locationId,
    lotId,
    expiryDate,
    expiresAt: new Date(expiresAt).toISOString(),
    daysPastExpiry: isExpired ? Math.floor((now - expiresAt) / DAY_MS) + 1 : -Math.ceil((expiresAt - now) / DAY_MS),
    status: isExpired ? 'expired' : 'expiring',
    quantityOnHand: units,
    quantityUncovered: Math.min(units, uncovered),
    value: costMinor === null ? null : (costMinor * units) / 100,
  };
}
