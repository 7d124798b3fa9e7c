import { ApiProperty } from '@nestjs/swagger';
import { ON_HAND_STEPS } from '@holdfast/inventory';
import { IsChannelId, IsLocationId, IsTime, IsWholeNumber } from '@holdfast/platform';
import { EventSourceAnswer } from './event.dto.js';

const MAX_NAMED_EVENTS = 20;
export const USUAL_NAMED_EVENTS = 5;

const STEPS = [
  'earlier',
  ...ON_HAND_STEPS,
  'notInFigure',
  'held',
  'reserved',
  'keptByChannel',
  'safetyStock',
  'bufferPercent',
  'bufferUnits',
  'neverBelowZero',
  'channelCap',
  'protectedForChannels',
  'owedElsewhere',
  'channelDisabled',
];

export class AsOfQuery {
  @IsTime({ optional: true, description: 'What was at this time; default `knownAt`' })
  readonly at?: string;

  @IsTime({ optional: true, description: 'By what had been recorded at this time; default now' })
  readonly knownAt?: string;

  @IsWholeNumber({
    min: 0,
    max: MAX_NAMED_EVENTS,
    optional: true,
    query: true,
    description: `Most events named; default ${USUAL_NAMED_EVENTS}`,
  })
  readonly events?: number;
}

export class ExplainQuery extends AsOfQuery {
  @IsLocationId({ optional: true, description: 'Explains the figure of this location; default of all together' })
  readonly locationId?: string;

  @IsChannelId({ optional: true, description: 'Explains what this channel may promise; default what is available' })
  readonly channelId?: string;
}

/** An event, with the units that it moved at a time. */
export class NamedEventAnswer extends EventSourceAnswer {
  @ApiProperty({ format: 'date-time', description: 'When its units moved' })
  readonly effectiveAt!: string;

  @ApiProperty({ required: false })
  readonly locationId?: string;

  @ApiProperty({ type: 'integer' })
  readonly units!: number;
}

export class BalanceThenAnswer {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;

  @ApiProperty({ type: 'integer', description: 'On hand that may not leave' })
  readonly held!: number;

  @ApiProperty({ type: 'integer', description: 'On hand less reserved and held, never below 0' })
  readonly available!: number;

  @ApiProperty({ type: 'integer', description: 'On the way to the location' })
  readonly inTransit!: number;

  @ApiProperty({ type: 'integer' })
  readonly safetyStock!: number;
}

export class AsOfBalanceAnswer extends BalanceThenAnswer {
  @ApiProperty({ type: 'integer', description: 'On hand as it was known at that very time' })
  readonly onHandKnownThen!: number;

  @ApiProperty({ type: 'integer', description: 'Reserved as it was known at that very time' })
  readonly reservedKnownThen!: number;
}

class PastAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'What was at this time; null for the end of all known' })
  readonly at!: string | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Known at this time; null for all that is known' })
  readonly knownAt!: string | null;

  @ApiProperty({ type: 'integer', description: 'Revision of the newest event that was known' })
  readonly revision!: number;

  @ApiProperty({
    type: 'integer',
    description:
      'Revision from which on events were read; above 0 for the present of a long stream, whose older events are the step `earlier`',
  })
  readonly explainedFrom!: number;

  @ApiProperty({ format: 'date-time', description: 'When the first event was recorded; nothing was known before' })
  readonly knownFrom!: string;

  @ApiProperty({
    format: 'date-time',
    description:
      'Earliest time at which units moved, by the events that were known: before `knownFrom` where a movement was recorded late. Where `explainedFrom` is above 0, of the events that were read',
  })
  readonly effectiveFrom!: string;
}

export class LateFactsAnswer {
  @ApiProperty({ type: 'integer', description: 'Movements of on hand up to `at` that were recorded only after it' })
  readonly count!: number;

  @ApiProperty({ type: () => [NamedEventAnswer], description: 'The newest of them, newest first' })
  readonly events!: readonly NamedEventAnswer[];
}

export class AsOfAnswer extends PastAnswer {
  @ApiProperty({ type: () => [AsOfBalanceAnswer], description: 'By location, in the order of their ids' })
  readonly locations!: readonly AsOfBalanceAnswer[];

  @ApiProperty({ type: () => LateFactsAnswer, description: 'What hindsight changed' })
  readonly late!: LateFactsAnswer;
}

export class StepChannelAnswer {
  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty({ type: 'integer' })
  readonly units!: number;
}

export class ExplainedStepAnswer {
  @ApiProperty({ enum: STEPS })
  readonly step!: string;

  @ApiProperty({ type: 'integer', description: 'Change by this step; all steps add up to `units`' })
  readonly units!: number;

  @ApiProperty({ type: 'integer', description: 'What is left after it' })
  readonly left!: number;

  @ApiProperty({ type: 'integer', description: 'Movements behind it, open reservations, or changes of held units' })
  readonly count!: number;

  @ApiProperty({ type: () => [StepChannelAnswer], description: 'Units of it by sales channel, without those of none' })
  readonly channels!: readonly StepChannelAnswer[];

  @ApiProperty({ type: () => [NamedEventAnswer], description: 'The newest of them, newest first' })
  readonly events!: readonly NamedEventAnswer[];
}

export class ExplainAnswer extends PastAnswer {
  @ApiProperty({ required: false })
  readonly locationId?: string;

  @ApiProperty({ required: false })
  readonly channelId?: string;

  @ApiProperty({ enum: ['available', 'channelAtp'] })
  readonly figure!: string;

  @ApiProperty({ type: 'integer', description: 'The figure: the sum of the steps' })
  readonly units!: number;

  @ApiProperty({ type: () => [ExplainedStepAnswer] })
  readonly steps!: readonly ExplainedStepAnswer[];

  @ApiProperty({ type: () => [BalanceThenAnswer], description: 'Of the location, or of all in the order of their ids' })
  readonly locations!: readonly BalanceThenAnswer[];
}
