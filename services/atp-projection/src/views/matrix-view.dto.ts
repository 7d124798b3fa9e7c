import { ApiProperty } from '@nestjs/swagger';
import { IsLocationId, IsOneOf, IsText, IsWholeNumber } from '@holdfast/platform';

export const MATRIX_BY = ['channel', 'location'] as const;
export type MatrixBy = (typeof MATRIX_BY)[number];

const MAX_ROWS = 50_000;
export const USUAL_ROWS = 10_000;

export class MatrixViewQuery {
  @IsOneOf(MATRIX_BY, {
    optional: true,
    description: 'Columns: `channel` (default), what each may promise; or `location`, what is available there',
  })
  readonly by?: MatrixBy;

  @IsLocationId({ optional: true, description: 'With `by=channel`: what each channel may promise from this location' })
  readonly locationId?: string;

  @IsText({ optional: true, max: 100, description: 'Part of the product name or the SKU' })
  readonly search?: string;

  @IsWholeNumber({ min: 1, max: MAX_ROWS, optional: true, query: true, description: `Rows; ${USUAL_ROWS} when not given` })
  readonly limit?: number;
}

export class MatrixColumnView {
  @ApiProperty({ description: 'Channel or location' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'At or below it a figure is low; null for locations' })
  readonly lowThreshold!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'At or below it a figure is critical; null for locations' })
  readonly criticalThreshold!: number | null;

  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'integer' }, { type: 'null' }] },
    description: 'One for each SKU, in their order; null where the column has none of it',
  })
  readonly figures!: readonly (number | null)[];
}

export class HeldAtView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

/** By column, as that is a fraction of the size of objects for each cell. */
export class MatrixColumnsView {
  @ApiProperty({ enum: MATRIX_BY })
  readonly by!: MatrixBy;

  @ApiProperty({ type: [String], description: 'Rows, in the order of the SKUs' })
  readonly skus!: readonly string[];

  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'null' }] },
    description: 'Name of each product; null where it has none yet',
  })
  readonly names!: readonly (string | null)[];

  @ApiProperty({ type: [Number], description: 'Units on hand of each SKU, over the locations asked for' })
  readonly onHand!: readonly number[];

  @ApiProperty({ type: [Number], description: 'Units reserved of each SKU, over the locations asked for' })
  readonly reserved!: readonly number[];

  @ApiProperty({ type: [HeldAtView], description: 'Units on hand that may not leave, where there are some' })
  readonly held!: readonly HeldAtView[];

  @ApiProperty({ type: [MatrixColumnView] })
  readonly columns!: readonly MatrixColumnView[];

  @ApiProperty({ description: 'False where there are more rows than were asked for' })
  readonly complete!: boolean;
}
