import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@holdfast/kit';
import { CLOCK, CurrentCaller, Needs, parseTime } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { findReservations, type ReservationPlace } from '@holdfast/read-model';
import { ReadsProjection } from '../reading/reads-projection.js';
import { ReadTables } from '../reading/read-tables.js';
import { listedReservation, ReservationsQuery, ReservationsView, USUAL_RESERVATIONS } from './reservation.dto.js';

@ApiTags('Reservations')
@Controller('v1/reservations')
@ReadsProjection()
export class ReservationsController {
  constructor(
    private readonly tables: ReadTables,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('reservations.read')
  @ApiOperation({
    operationId: 'reservations.list',
    summary: 'The reservations that pass a filter, newest first',
    description:
      'One request looks at 5,000 reservations at most; `nextCursor` says where to go on. Ended ones are shown for 90 days after their last event.',
  })
  @ApiOkResponse({ type: ReservationsView })
  async list(@CurrentCaller() { tenant }: Caller, @Query() query: ReservationsQuery): Promise<ReservationsView> {
    const { status, sku, orderId, channelId, holderId, locationId, cursor, limit = USUAL_RESERVATIONS } = query;
    const filter = { status, sku, orderId, channelId, holderId, locationId, expiresBefore: parseTime(query.expiresBefore) };
    const page = { limit, after: placeIn(cursor), at: this.clock.now() };
    const { rows, next } = await findReservations(this.tables, tenant, filter, page);
    return { reservations: rows.map(listedReservation), ...(next === undefined ? {} : { nextCursor: cursorOf(next) }) };
  }
}

const cursorOf = ({ createdAt, reservationId }: ReservationPlace): string => `${createdAt}~${reservationId}`;

function placeIn(cursor: string | undefined): ReservationPlace | undefined {
  if (cursor === undefined) return undefined;
  const [time = '', reservationId = ''] = cursor.split('~');
  return { createdAt: Number(time), reservationId };
}
