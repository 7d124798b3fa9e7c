import { ApiProperty } from '@nestjs/swagger';
import { STREAMS } from '@holdfast/contracts';
import { IsIdentifier, IsLocationId, IsOneOf, IsText, IsTime, IsWholeNumber } from '@holdfast/platform';

export const MAX_EVENTS = 200;
export const USUAL_EVENTS = 50;

export class EventsQuery {
  @IsText({ optional: true, max: 1_000, description: 'Types of events, separated by commas', example: 'StockReceived,LevelReported' })
  readonly types?: string;

  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsIdentifier({ optional: true, description: 'Who caused the event: the subject of the key or token' })
  readonly actor?: string;

  @IsIdentifier({
    optional: true,
    description: 'Id of a request, a command, or of the order, reservation, transfer, document or message that the event names',
  })
  readonly correlation?: string;

  @IsTime({ optional: true, description: 'Recorded at this time or later' })
  readonly recordedFrom?: string;

  @IsTime({ optional: true, description: 'Recorded at this time or before' })
  readonly recordedTo?: string;

  @IsTime({ optional: true, description: 'Effective at this time or later' })
  readonly effectiveFrom?: string;

  @IsTime({ optional: true, description: 'Effective at this time or before' })
  readonly effectiveTo?: string;

  @IsOneOf(['newest', 'oldest'], { optional: true, description: 'Which comes first; default newest' })
  readonly order?: 'newest' | 'oldest';

  @IsText({ optional: true, max: 10, pattern: /^\d+$/, description: '`nextCursor` of the page before' })
  readonly cursor?: string;

  @IsWholeNumber({ min: 1, max: MAX_EVENTS, optional: true, query: true, description: `Most events; default ${USUAL_EVENTS}` })
  readonly limit?: number;
}

/** Who and what an event goes back to. */
export class EventSourceAnswer {
  @ApiProperty({ type: 'integer', description: "Place in the SKU's stream, from 0" })
  readonly revision!: number;

  @ApiProperty({ description: 'Place in the order of all events, decimal' })
  readonly position!: string;

  @ApiProperty({ format: 'uuid' })
  readonly eventId!: string;

  @ApiProperty({ enum: [...STREAMS.stock.types] })
  readonly type!: string;

  @ApiProperty({ description: 'What such an event says, in a sentence' })
  readonly words!: string;

  @ApiProperty({ format: 'date-time', description: 'When it became known' })
  readonly recordedAt!: string;

  @ApiProperty()
  readonly commandId!: string;

  @ApiProperty({ required: false, description: 'Subject of the key or token' })
  readonly actor?: string;

  @ApiProperty({ required: false, description: 'Id of the request' })
  readonly correlationId?: string;

  @ApiProperty({ required: false })
  readonly channelId?: string;

  @ApiProperty({ required: false })
  readonly reservationId?: string;

  @ApiProperty({ required: false, description: 'Document, order, transfer, reference or message that it goes back to' })
  readonly documentId?: string;
}

/** Units that an event moved at one location. */
export class MovedAnswer {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;

  @ApiProperty({ type: 'integer' })
  readonly inTransit!: number;

  @ApiProperty({ type: 'integer', required: false, description: 'Units that may not leave' })
  readonly held?: number;

  @ApiProperty({ type: 'integer', required: false, description: 'The new figure, not a difference' })
  readonly safetyStock?: number;
}

export class EventAnswer extends EventSourceAnswer {
  @ApiProperty({ format: 'date-time', description: 'When it became so: the time of a posting, a count or a figure' })
  readonly effectiveAt!: string;

  @ApiProperty({ description: 'Whether it became known later than it became so' })
  readonly isLate!: boolean;

  @ApiProperty({ type: () => [MovedAnswer] })
  readonly moved!: readonly MovedAnswer[];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The event, in its newest version' })
  readonly data!: object;
}

export class EventsAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: () => [EventAnswer] })
  readonly events!: readonly EventAnswer[];

  @ApiProperty({
    required: false,
    description: 'Cursor of the next page; missing at the end. A page of a rare filter may be short, or empty, and go on',
  })
  readonly nextCursor?: string;
}
