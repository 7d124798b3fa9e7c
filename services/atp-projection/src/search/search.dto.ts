import { ApiProperty } from '@nestjs/swagger';
import { IsText } from '@holdfast/platform';
import { FOUND_KINDS, type FoundKind } from '@holdfast/read-model';

export class SearchQuery {
  @IsText({ max: 200, description: 'Part of a SKU, barcode or name; the whole id of an order or reservation', example: 'TENT' })
  readonly q!: string;
}

class FoundView {
  @ApiProperty({ enum: FOUND_KINDS })
  readonly kind!: FoundKind;

  @ApiProperty({ description: 'SKU, or id of the location, channel, order or reservation' })
  readonly id!: string;

  @ApiProperty({ required: false })
  readonly name?: string;

  @ApiProperty({ description: 'The text is its id or its barcode' })
  readonly exact!: boolean;
}

export class SearchView {
  @ApiProperty({ type: () => [FoundView], description: 'Exact matches first; at most eight of a kind' })
  readonly results!: readonly FoundView[];
}
