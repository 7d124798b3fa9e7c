import { IsLocationId, IsQuantity, IsSku } from '@holdfast/platform';

export class ReallocateRequest {
  @IsSku()
  readonly sku!: string;

  @IsLocationId({ example: 'WH_SP_01' })
  readonly from_node!: string;

  @IsLocationId({ example: 'WH_RJ_02' })
  readonly to_node!: string;

  @IsQuantity()
  readonly quantity!: number;
}
