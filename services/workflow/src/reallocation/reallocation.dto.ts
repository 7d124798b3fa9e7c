import { IsIdentifier, IsLocationId, IsQuantity, IsSku } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

export class ReallocateRequest {
  @IsSku()
  readonly sku!: string;

  @IsLocationId({ example: 'WH_SP_01' })
  readonly from_node!: string;

  @IsLocationId({ example: 'WH_RJ_02' })
  readonly to_node!: string;

  @IsQuantity()
  readonly quantity!: number;

  @IsIdentifier({ optional: true, description: 'Moves units of this hold, which goes with them; free units where left out' })
  readonly holdId?: string;
}

export class Reallocation {
  @ApiProperty()
  readonly reallocation_id!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly from_node!: string;

  @ApiProperty()
  readonly to_node!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Available units afterwards' })
  readonly from_available!: number;

  @ApiProperty({ type: 'integer' })
  readonly to_available!: number;
}
