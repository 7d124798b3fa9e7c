import { ApiProperty } from '@nestjs/swagger';
import type { Reservation } from '../reservations/view.js';

export class SourceAnswer {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ description: 'Why this location was chosen', example: 'priority 10' })
  readonly because!: string;
}

export class LineAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'Units asked for' })
  readonly requested!: number;

  @ApiProperty({ type: 'integer', description: 'Units held at first; fewer than asked for only with partial' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, committed so far' })
  readonly committed!: number;

  @ApiProperty({ type: () => [SourceAnswer] })
  readonly sources!: readonly SourceAnswer[];
}

export class ReservationAnswer {
  @ApiProperty()
  readonly reservationId!: string;

  @ApiProperty()
  readonly orderId!: string;

  @ApiProperty({ enum: ['pending', 'held', 'committing', 'committed', 'releasing', 'released', 'expiring', 'expired', 'refused'] })
  readonly status!: string;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;

  @ApiProperty({ required: false })
  readonly channelId?: string;

  @ApiProperty({ type: () => [LineAnswer] })
  readonly lines!: readonly LineAnswer[];
}

export const toAnswer = (reservation: Reservation): ReservationAnswer => ({
  ...reservation,
  expiresAt: new Date(reservation.expiresAt).toISOString(),
});
