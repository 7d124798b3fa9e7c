import { ApiProperty } from '@nestjs/swagger';
import { BIN_KINDS, MAX_BIN_CAPACITY, MAX_FIXED_SKUS, MAX_SEQUENCE, usualBin, type Bin, type BinKind } from '@holdfast/inventory';
import { IsFlag, IsIdentifier, IsIdentifierList, IsOneOf, IsWholeNumber } from '@holdfast/platform';

export const MAX_BINS_PER_REQUEST = 1_000;

export class BinRequest {
  @IsIdentifier({ example: 'A-01' })
  readonly binId!: string;

  @IsOneOf(BIN_KINDS, { optional: true, description: 'Default storage' })
  readonly type?: BinKind;

  @IsWholeNumber({ min: 0, max: MAX_SEQUENCE, optional: true, description: 'Lower numbers are filled and picked first; default 0' })
  readonly sequence?: number;

  @IsWholeNumber({
    min: 0,
    max: MAX_BIN_CAPACITY,
    optional: true,
    nullable: true,
    description: 'Units of all SKUs together; null, the default, for no limit',
    example: 40,
  })
  readonly capacityUnits?: number | null;

  @IsFlag({ optional: true, description: 'Several SKUs may lie in it; default true' })
  readonly allowMixedSkus?: boolean;

  @IsFlag({ optional: true, description: 'Several lots of a SKU may lie in it; default true' })
  readonly allowMixedLots?: boolean;

  @IsFlag({ optional: true, description: 'What lies in it is for sale; default true, and never for a quarantine' })
  readonly sellable?: boolean;

  @IsIdentifierList({ min: 0, max: MAX_FIXED_SKUS, optional: true, description: 'SKUs that are put here first' })
  readonly fixedSkus?: string[];

  @IsFlag({ optional: true, description: 'Nothing is put into it; default false' })
  readonly blocked?: boolean;
}

export class BinView {
  @ApiProperty()
  readonly binId!: string;

  @ApiProperty({ enum: [...BIN_KINDS] })
  readonly type!: BinKind;

  @ApiProperty({ type: 'integer' })
  readonly sequence!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly capacityUnits!: number | null;

  @ApiProperty()
  readonly allowMixedSkus!: boolean;

  @ApiProperty()
  readonly allowMixedLots!: boolean;

  @ApiProperty()
  readonly sellable!: boolean;

  @ApiProperty({ type: [String] })
  readonly fixedSkus!: readonly string[];

  @ApiProperty()
  readonly blocked!: boolean;
}

/** The bin with what the request leaves out. */
export function binOf(request: BinRequest): Bin {
  const usual = usualBin(request.binId, request.type ?? 'storage');
  return {
    ...usual,
    sequence: request.sequence ?? usual.sequence,
    capacityUnits: request.capacityUnits ?? usual.capacityUnits,
    allowMixedSkus: request.allowMixedSkus ?? usual.allowMixedSkus,
    allowMixedLots: request.allowMixedLots ?? usual.allowMixedLots,
    sellable: request.sellable ?? usual.sellable,
    fixedSkus: request.fixedSkus ?? usual.fixedSkus,
    blocked: request.blocked ?? usual.blocked,
  };
}

export const binView = ({ kind, ...bin }: Bin): BinView => ({ ...bin, type: kind });
