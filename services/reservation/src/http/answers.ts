import { ApiProperty } from '@nestjs/swagger';
import type { Reservation, ReservationLine } from '../reservations/view.js';

export class SourceAnswer {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ description: 'Why this location was chosen', example: 'priority 10' })
  readonly because!: string;
}

export class WaitingAnswer {
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({
    format: 'date-time',
    required: false,
    description: 'When the last of them is expected as things stand; missing where too little is to come',
  })
  readonly expectedAt?: string;
}

export class LineAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'Units asked for' })
  readonly requested!: number;

  @ApiProperty({ type: 'integer', description: 'Units held at first, and those that waited and came since' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, committed so far' })
  readonly committed!: number;

  @ApiProperty({ type: () => [SourceAnswer] })
  readonly sources!: readonly SourceAnswer[];

  @ApiProperty({ type: WaitingAnswer, required: false, description: 'Units that wait for supply' })
  readonly waiting?: WaitingAnswer;
}

export class ReservationAnswer {
  @ApiProperty()
  readonly reservationId!: string;

  @ApiProperty()
  readonly orderId!: string;

  @ApiProperty({
    enum: ['pending', 'waiting', 'held', 'committing', 'committed', 'releasing', 'released', 'expiring', 'expired', 'refused'],
  })
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
  lines: reservation.lines.map(toLine),
});

function toLine({ waiting, ...line }: ReservationLine): LineAnswer {
  if (waiting === undefined) return line;
  const { quantity, expectedAt } = waiting;
  return { ...line, waiting: { quantity, ...(expectedAt === undefined ? {} : { expectedAt: new Date(expectedAt).toISOString() }) } };
}
