import { IsFlag, IsListOfSome, IsLocationId, IsOneOf, IsText, IsTime, IsWholeNumber, PageQuery, Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { ABC_CLASSES, MAX_LINES_PER_COUNT, type AbcClass } from '@holdfast/warehouse';

export const ABC_METRICS = ['value', 'velocity', 'stock_value'] as const;
export type AbcMetric = (typeof ABC_METRICS)[number];

const metricWords = 'Units used by cost (default), units used, or the value of the stock';

export class AbcQuery extends PageQuery {
  @IsLocationId()
  readonly locationId!: string;

  @IsOneOf(ABC_METRICS, { optional: true, description: `${metricWords}; stock_value needs inventory.read too` })
  readonly metric?: AbcMetric;

  @IsWholeNumber({ min: 1, max: 365, optional: true, query: true, description: 'Days of use that count; default 365' })
  readonly days?: number;
}

export class AbcCountRequest {
  @IsLocationId()
  readonly locationId!: string;

  @IsOneOf(ABC_METRICS, { optional: true, description: metricWords })
  readonly metric?: AbcMetric;

  @IsListOfSome(ABC_CLASSES, { max: 3, optional: true, description: 'All where left out' })
  readonly classes?: AbcClass[];

  @IsTime({ optional: true, description: 'Only what is due by then; default now' })
  readonly dueBefore?: string;

  @IsWholeNumber({ min: 1, max: MAX_LINES_PER_COUNT, optional: true, description: 'Most lines; default 50' })
  readonly max?: number;

  @IsText({ optional: true })
  readonly name?: string;

  @IsFlag({ optional: true, description: 'Default true' })
  readonly blind?: boolean;

  @IsText({ optional: true, description: 'Who is to count' })
  readonly assignedTo?: string;
}

export class ClassifiedItemView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ enum: ABC_CLASSES })
  readonly class!: AbcClass;

  @ApiProperty({ type: 'number' })
  readonly metricValue!: number;

  @ApiProperty({ type: 'number' })
  readonly sharePct!: number;

  @ApiProperty({ type: 'number' })
  readonly cumulativePct!: number;

  @ApiProperty({ description: 'Whether a person set the class' })
  readonly override!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastCountedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly nextDueAt!: string;
}

export class ClassSummary {
  @ApiProperty({ type: 'integer' })
  readonly items!: number;

  @ApiProperty({ type: 'number' })
  readonly sharePct!: number;

  @ApiProperty({ type: 'integer' })
  readonly countsPerYear!: number;
}

export class AbcSummary {
  @ApiProperty({ type: ClassSummary })
  readonly A!: ClassSummary;

  @ApiProperty({ type: ClassSummary })
  readonly B!: ClassSummary;

  @ApiProperty({ type: ClassSummary })
  readonly C!: ClassSummary;
}

export class AbcView {
  @ApiProperty({ type: [ClassifiedItemView] })
  readonly classification!: readonly ClassifiedItemView[];

  @ApiProperty({ type: AbcSummary })
  readonly summary!: AbcSummary;

  @ApiProperty({ type: 'number', description: 'Lines to count on each working day, of 250 a year' })
  readonly linesPerWorkingDay!: number;

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
