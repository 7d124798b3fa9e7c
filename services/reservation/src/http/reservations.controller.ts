import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { answerPosition, CommandId, CurrentCaller, Idempotent, IsKeyed, Needs, RequestHash } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import type { FastifyReply } from 'fastify';
import type { OrderWish } from '../orders/environment.js';
import { askedOrder } from '../reservations/asked-order.js';
import { Reservations } from '../reservations/reservations.js';
import type { Answer } from '../reservations/single-sku.js';
import { toAnswer } from './answers.js';
import { inTime } from './in-time.js';
import { CommitRequest, ExtendRequest, ReleaseRequest, ReservationAnswer, ReserveRequest } from './reservation.dto.js';

@ApiTags('Reservations')
@Controller('sales-channel/inventory')
export class ReservationsController {
  constructor(private readonly reservations: Reservations) {}

  @Post('reserve')
  @Needs('reservations.write')
  @Idempotent({ decidedOnce: true })
  @ApiOperation({
    operationId: 'reservations.reserve',
    summary: 'Hold stock for an order: all lines or none, or with partial what there is',
    description: 'With backorder, what is missing waits for announced deliveries: the line says how many units and until when.',
  })
  @ApiCreatedResponse({ type: ReservationAnswer })
  @ApiConflictResponse({
    description:
      'insufficient_stock, channel_cap, protected_for_channels, holder_limit, overbooking_exhausted: details name each short line, what is available and where; ttl_too_short: the order could not be placed within its time to live; channel_disabled',
  })
  @ApiNotFoundResponse({ description: 'unknown_sku, unknown_location, unknown_channel' })
  async reserve(
    @Body() body: ReserveRequest,
    @CurrentCaller() { tenant, subject }: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @IsKeyed() isKeyed: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReservationAnswer> {
    // Where the caller may come again, its events say with which command: `AnswerGuard`.
    const context = { actor: subject, ...(isKeyed ? { correlationId: commandId } : {}) };
    const asking = { tenant, commandId, requestHash, context };
    return answered(reply, await inTime(this.reservations.reserve(askedOrder(body, asking))));
  }

  @Get('reservation/:reservationId')
  @Needs('reservations.read')
  @ApiOperation({ operationId: 'reservations.get', summary: 'One reservation' })
  @ApiOkResponse({ type: ReservationAnswer })
  async one(
    @Param('reservationId') reservationId: string,
    @CurrentCaller() { tenant }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReservationAnswer> {
    return answered(reply, await this.reservations.find(tenant, reservationId));
  }

  @Post('reservation/:reservationId/commit')
  @HttpCode(200)
  @Needs('reservations.write')
  @Idempotent()
  @ApiOperation({ operationId: 'reservations.commit', summary: 'Take the units for good: all that is held, or the lines named' })
  @ApiOkResponse({ type: ReservationAnswer })
  @ApiConflictResponse({
    description:
      'reservation_released, reservation_expired, quantity_exceeds_open, units_waiting; stock_held, lot_held, lot_expired, insufficient_lot_stock: details name every line that cannot leave as asked',
  })
  @ApiNotFoundResponse({ description: 'unknown_reservation, unknown_lot' })
  async commit(
    @Param('reservationId') reservationId: string,
    @Body() body: CommitRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReservationAnswer> {
    return answered(reply, await inTime(this.reservations.commit(wishOf(caller, reservationId, commandId), body)));
  }

  @Post('reservation/:reservationId/release')
  @HttpCode(200)
  @Needs('reservations.write')
  @Idempotent()
  @ApiOperation({ operationId: 'reservations.release', summary: 'Free what is held: all of it, or the lines named' })
  @ApiOkResponse({ type: ReservationAnswer })
  @ApiConflictResponse({ description: 'reservation_committed, reservation_expired, quantity_exceeds_open, too_many_parts' })
  async release(
    @Param('reservationId') reservationId: string,
    @Body() { lines }: ReleaseRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReservationAnswer> {
    return answered(reply, await inTime(this.reservations.release(wishOf(caller, reservationId, commandId), lines)));
  }

  @Post('reservation/:reservationId/extend')
  @HttpCode(200)
  @Needs('reservations.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'reservations.extend',
    summary: 'Hold the units longer',
    description: 'A time to live that ends before the present one changes nothing.',
  })
  @ApiOkResponse({ type: ReservationAnswer })
  @ApiConflictResponse({ description: 'reservation_committed, reservation_released, reservation_expired' })
  async extend(
    @Param('reservationId') reservationId: string,
    @Body() { ttl }: ExtendRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReservationAnswer> {
    return answered(reply, await inTime(this.reservations.extend(wishOf(caller, reservationId, commandId), ttl * 1_000)));
  }
}

const wishOf = ({ tenant, subject }: Caller, reservationId: string, commandId: string): OrderWish => ({
  ref: { tenant, reservationId },
  commandId,
  context: { actor: subject },
});

function answered(reply: FastifyReply, { reservation, position }: Answer): ReservationAnswer {
  answerPosition(reply, position);
  return toAnswer(reservation);
}
