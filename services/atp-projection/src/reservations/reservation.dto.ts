import { ApiProperty } from '@nestjs/swagger';
import { IsChannelId, IsIdentifier, IsLocationId, IsOneOf, IsSku, IsText, IsTime, IsWholeNumber } from '@holdfast/platform';
import type { ReservationRow } from '@holdfast/read-model';

export const MAX_RESERVATIONS = 200;
export const USUAL_RESERVATIONS = 50;

const STATUSES = ['pending', 'waiting', 'held', 'refused', 'committed', 'released', 'expired'] as const;

export class ReservationsQuery {
  @IsOneOf(STATUSES, { optional: true, description: 'A hold that is overdue has expired' })
  readonly status?: (typeof STATUSES)[number];

  @IsSku({ optional: true, description: 'Reservations with a line of this SKU' })
  readonly sku?: string;

  @IsIdentifier({ optional: true, description: 'Reservations of this order' })
  readonly orderId?: string;

  @IsChannelId({ optional: true })
  readonly channelId?: string;

  @IsIdentifier({ optional: true, description: 'Reservations for this customer or session' })
  readonly holderId?: string;

  @IsLocationId({ optional: true, description: 'Reservations that this location serves' })
  readonly locationId?: string;

  @IsTime({ optional: true, description: 'Reservations that are open, and expire before this time' })
  readonly expiresBefore?: string;

  @IsText({ optional: true, max: 500, pattern: /^\d{1,15}~[A-Za-z0-9._-]+$/, description: '`nextCursor` of the page before' })
  readonly cursor?: string;

  @IsWholeNumber({
    min: 1,
    max: MAX_RESERVATIONS,
    optional: true,
    query: true,
    description: `Most reservations; default ${USUAL_RESERVATIONS}`,
  })
  readonly limit?: number;
}

class ListedSource {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ description: 'Why this location was chosen', example: 'priority 10' })
  readonly because!: string;
}

class ListedWaiting {
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

class ListedLine {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'Units asked for' })
  readonly requested!: number;

  @ApiProperty({ type: 'integer', description: 'Units held at first, and those that waited and came since' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, committed so far' })
  readonly committed!: number;

  @ApiProperty({ type: 'integer', required: false, description: 'Units let go of in parts before the reservation ended' })
  readonly released?: number;

  @ApiProperty({ type: () => [ListedSource] })
  readonly sources!: readonly ListedSource[];

  @ApiProperty({ type: () => ListedWaiting, required: false, description: 'Units that wait for supply' })
  readonly waiting?: ListedWaiting;
}

class ListedReservation {
  @ApiProperty()
  readonly reservationId!: string;

  @ApiProperty()
  readonly orderId!: string;

  @ApiProperty({ enum: STATUSES, description: '`pending`: of several SKUs and not held in full yet' })
  readonly status!: (typeof STATUSES)[number];

  @ApiProperty({ required: false })
  readonly channelId?: string;

  @ApiProperty({ required: false, description: 'Customer or session that the units are for' })
  readonly holderId?: string;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When its newest event was recorded' })
  readonly updatedAt!: string;

  @ApiProperty({ type: () => [ListedLine] })
  readonly lines!: readonly ListedLine[];
}

export class ReservationsView {
  @ApiProperty({ type: () => [ListedReservation] })
  readonly reservations!: readonly ListedReservation[];

  @ApiProperty({ required: false, description: 'Where the next page begins; missing at the end' })
  readonly nextCursor?: string;
}

const iso = (time: number): string => new Date(time).toISOString();

export const listedReservation = (row: ReservationRow): ListedReservation => ({
  reservationId: row.reservationId,
  orderId: row.orderId,
  status: row.status,
  ...(row.channelId === null ? {} : { channelId: row.channelId }),
  ...(row.holderId === null ? {} : { holderId: row.holderId }),
  expiresAt: iso(row.expiresAt),
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
  lines: row.lines,
});
