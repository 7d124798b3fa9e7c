import { ApiProperty } from '@nestjs/swagger';
import { IsWholeNumber } from '@holdfast/platform';
import type { StepKind } from '@holdfast/inventory';
import { CERTIFICATE_FORM } from '@holdfast/ledger';

export class CertificateQuery {
  @IsWholeNumber({
    min: 0,
    max: 2_147_483_647,
    query: true,
    optional: true,
    description: 'Newest revision of the stream wanted; default all',
  })
  readonly revision?: number;
}

/** Units at one location. */
export class CertifiedBalanceAnswer {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;

  @ApiProperty({ type: 'integer', required: false, description: 'On hand that may not leave; missing for none' })
  readonly held?: number;
}

/** One event of the stream, as it was stored, and what it made of the locations it touched. */
export class CertificateStepAnswer {
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;

  @ApiProperty({ description: 'Place in the order of all events, decimal' })
  readonly position!: string;

  @ApiProperty()
  readonly eventId!: string;

  @ApiProperty({ description: 'Stored type with its version' })
  readonly type!: string;

  @ApiProperty({ type: 'integer', description: 'Epoch milliseconds of the command' })
  readonly at!: number;

  @ApiProperty({ type: 'integer', description: 'Epoch milliseconds at which the store wrote it' })
  readonly recordedAt!: number;

  @ApiProperty()
  readonly commandId!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The event as stored: the facts that everything else follows from',
  })
  readonly data!: Readonly<Record<string, unknown>>;

  @ApiProperty({ enum: ['promise', 'settlement', 'fact'] })
  readonly kind!: StepKind;

  @ApiProperty({ type: 'integer', description: 'Units by which reservations may exceed what is on hand, as declared by then' })
  readonly overbooking!: number;

  @ApiProperty({ type: [CertifiedBalanceAnswer] })
  readonly balances!: readonly CertifiedBalanceAnswer[];

  @ApiProperty({ description: 'SHA-256 of the hash before it, a line feed, and the canonical form of this step without its hash' })
  readonly hash!: string;
}

export class FalseStepAnswer {
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;

  @ApiProperty()
  readonly rule!: string;

  @ApiProperty()
  readonly message!: string;
}

export class CertificateAnswer {
  @ApiProperty({ enum: [CERTIFICATE_FORM] })
  readonly form!: string;

  @ApiProperty()
  readonly tenant!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: [CertificateStepAnswer] })
  readonly steps!: readonly CertificateStepAnswer[];

  @ApiProperty({ type: 'integer' })
  readonly stepCount!: number;

  @ApiProperty({ type: 'integer', description: 'Steps that took free units' })
  readonly promises!: number;

  @ApiProperty({ type: [CertifiedBalanceAnswer] })
  readonly totals!: readonly CertifiedBalanceAnswer[];

  @ApiProperty({ description: 'Whether the bound held at every step, by the account of Holdfast; a checker finds out for itself' })
  readonly holds!: boolean;

  @ApiProperty({ type: FalseStepAnswer, required: false, description: 'The first step after which a rule did not hold' })
  readonly firstFalse?: FalseStepAnswer;

  @ApiProperty({ description: 'Hash of the last step' })
  readonly head!: string;
}
