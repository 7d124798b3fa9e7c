import { IsLocationId, IsText, IsWholeNumber } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

const UNITS = { type: 'integer' } as const;
const NAME = { type: String, nullable: true } as const;

export class CategoryRequestsView {
  @ApiProperty({ ...NAME, description: 'Category of the product; null for products without one' })
  readonly categoryId!: string | null;

  @ApiProperty(NAME)
  readonly categoryName!: string | null;

  @ApiProperty(UNITS)
  readonly requests!: number;

  @ApiProperty(UNITS)
  readonly lines!: number;

  @ApiProperty(UNITS)
  readonly quantityRequested!: number;

  @ApiProperty(UNITS)
  readonly quantityApproved!: number;

  @ApiProperty(UNITS)
  readonly quantityShipped!: number;

  @ApiProperty({ description: 'Requested units at the standard cost of today; products without a cost count nothing' })
  readonly value!: number;
}

export class RequestsByCategoryView {
  @ApiProperty({ type: [CategoryRequestsView] })
  readonly categories!: readonly CategoryRequestsView[];
}

export class RequestDashboardView {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Number of requests by status' })
  readonly byStatus!: Readonly<Record<string, number>>;

  @ApiProperty({ ...UNITS, description: 'Submitted requests' })
  readonly pendingApprovals!: number;

  @ApiProperty({ ...UNITS, description: 'Requests that have not ended although the day on which they were needed is over' })
  readonly overdue!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'From submission to approval; null while nothing is approved' })
  readonly averageApprovalHours!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Shipped units of approved ones; null while nothing is approved' })
  readonly fillRate!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the longest waiting request was submitted' })
  readonly oldestPendingAt!: string | null;
}

export class FilterValueView {
  @ApiProperty(NAME)
  readonly value!: string | null;

  @ApiProperty({ ...UNITS, description: 'Requests with this value' })
  readonly count!: number;
}

export class RequestFiltersView {
  @ApiProperty({ type: [FilterValueView] })
  readonly statuses!: readonly FilterValueView[];

  @ApiProperty({ type: [FilterValueView], description: 'As source or destination' })
  readonly locations!: readonly FilterValueView[];

  @ApiProperty({ type: [FilterValueView] })
  readonly requesters!: readonly FilterValueView[];

  @ApiProperty({ type: [FilterValueView] })
  readonly categories!: readonly FilterValueView[];

  @ApiProperty({ type: [FilterValueView] })
  readonly priorities!: readonly FilterValueView[];
}

export class ProductSearchQuery {
  @IsText({ optional: true, description: 'Part of the name, beginning of the SKU, or the whole barcode; all products without it' })
  readonly q?: string;

  @IsLocationId({ optional: true, description: 'Source; without it, free units of all locations count' })
  readonly fromLocationId?: string;

  @IsLocationId({ optional: true, description: 'Destination' })
  readonly toLocationId?: string;

  @IsWholeNumber({ optional: true, query: true, min: 1, max: 100, description: 'Default 20' })
  readonly limit?: number;
}

export class RequestProductView {
  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty(NAME)
  readonly name!: string | null;

  @ApiProperty(NAME)
  readonly barcode!: string | null;

  @ApiProperty(NAME)
  readonly categoryName!: string | null;

  @ApiProperty({ ...UNITS, description: 'Free at the source' })
  readonly quantityAvailable!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'On hand at the destination; null where none was named' })
  readonly quantityAtDestination!: number | null;
}

export class RequestProductsView {
  @ApiProperty({ type: [RequestProductView] })
  readonly products!: readonly RequestProductView[];
}
