import { IsFlag, IsIdentifier, IsListOf, IsOneOf, IsText, MAX_NAME_LENGTH } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import type { ReasonDirection } from '@holdfast/warehouse';

export const DIRECTIONS = ['in', 'out', 'both', 'zero-sum'] as const;
const MAX_OWN_CODES = 200;

export class OwnReasonCode {
  @IsIdentifier({ example: 'fair_sample' })
  readonly code!: string;

  @IsText({ max: MAX_NAME_LENGTH, example: 'Given away at a fair' })
  readonly name!: string;

  @IsOneOf(DIRECTIONS, { description: 'Which way on hand may change; zero-sum: units change lot or bin only' })
  readonly direction!: ReasonDirection;

  @IsFlag({
    optional: true,
    description: 'Units of adjustments count as use, so as cost of goods sold; units that come back as less. Default false',
  })
  readonly countsAsUse?: boolean;

  @IsFlag({ optional: true, description: '`reason` must say more. Default false' })
  readonly requiresReason?: boolean;
}

export class OwnReasonCodes {
  @IsListOf(() => OwnReasonCode, { min: 0, max: MAX_OWN_CODES, description: 'All codes of your own; those left out are removed' })
  readonly reasonCodes!: OwnReasonCode[];
}

export class ReasonCodeView {
  @ApiProperty({ example: 'damage' })
  readonly code!: string;

  @ApiProperty({ example: 'Damaged' })
  readonly name!: string;

  @ApiProperty({ enum: DIRECTIONS, description: 'Which way on hand may change' })
  readonly direction!: ReasonDirection;

  @ApiProperty({ description: 'Whether its units count as use, so as cost of goods sold; units that come back count as less' })
  readonly countsAsUse!: boolean;

  @ApiProperty({ description: 'Whether `reason` must say more' })
  readonly requiresReason!: boolean;

  @ApiProperty({ description: 'Whether every tenant has it' })
  readonly system!: boolean;
}

export class ReasonCodesView {
  @ApiProperty({ type: [ReasonCodeView] })
  readonly reasonCodes!: readonly ReasonCodeView[];
}
