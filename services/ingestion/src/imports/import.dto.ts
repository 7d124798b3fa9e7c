import { ApiProperty } from '@nestjs/swagger';
import { IsFlag, IsOneOf, IsText, PageQuery, Pagination } from '@holdfast/platform';
import { LINE_RESULTS, REPEATS, type LineResult, type Repeats } from './import-kind.js';
import { DECIMALS, type Decimal } from '../csv/csv-table.js';
import { DATE_FORMS, type DateForm } from '../csv/date-forms.js';
import { IMPORT_STATUSES } from './import-table.js';

export const IMPORT_KINDS = ['stock', 'products', 'locations', 'orders', 'mappings'] as const;

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
type Delimiter = keyof typeof DELIMITERS;
const DELIMITER_NAMES = ['comma', 'semicolon', 'tab'] as const satisfies readonly Delimiter[];

export const signOf = (delimiter: Delimiter | undefined): string | undefined =>
  delimiter === undefined ? undefined : DELIMITERS[delimiter];

export class NewImportQuery {
  @IsOneOf(IMPORT_KINDS, { description: 'What the lines are' })
  readonly kind!: (typeof IMPORT_KINDS)[number];

  @IsFlag({ optional: true, query: true, description: 'Tell what would change, and change nothing' })
  readonly dryRun?: boolean;

  @IsOneOf(DELIMITER_NAMES, { optional: true, description: 'Between cells; found in the header when left out' })
  readonly delimiter?: Delimiter;

  @IsText({
    max: 40,
    optional: true,
    description: 'Of the file; when left out, what its first bytes or its content type say. The answer tells it',
    example: 'windows-1252',
  })
  readonly encoding?: string;

  @IsOneOf(DECIMALS, { optional: true, description: 'Sign before the fraction of numbers; default point' })
  readonly decimal?: Decimal;

  @IsOneOf(DATE_FORMS, { optional: true, description: 'How dates are written besides ISO 8601; without an offset they are UTC' })
  readonly dates?: DateForm;

  @IsOneOf(REPEATS, { optional: true, description: 'Lines that describe the same thing: refused (default), or their quantities summed' })
  readonly duplicates?: Repeats;
}

export class UndoQuery {
  @IsFlag({ optional: true, query: true, description: 'Tell what would change back, and change nothing' })
  readonly dryRun?: boolean;
}

export class ImportView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: IMPORT_KINDS })
  readonly kind!: string;

  @ApiProperty()
  readonly dryRun!: boolean;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The import whose effects this one takes back' })
  readonly undoes!: string | null;

  @ApiProperty({ enum: IMPORT_STATUSES })
  readonly status!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why the import as a whole failed' })
  readonly error!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the file; null for an undo', example: 'windows-1252' })
  readonly encoding!: string | null;

  @ApiProperty({
    enum: ['mark', 'declared', 'found'],
    nullable: true,
    description: 'How it is known: by the mark at its beginning, by the sender, or found in its first bytes',
  })
  readonly encodingFrom!: string | null;

  @ApiProperty({ type: 'integer', description: 'Lines below the header' })
  readonly lines!: number;

  @ApiProperty({ type: 'integer', description: 'Lines that changed something so far; in a dry run, that would' })
  readonly applied!: number;

  @ApiProperty({ type: 'integer', description: 'Lines that say what stands there already, or nothing' })
  readonly unchanged!: number;

  @ApiProperty({ type: 'integer' })
  readonly failed!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt!: string | null;
}

export class ImportsView {
  @ApiProperty({ type: [ImportView], description: 'Newest first' })
  readonly imports!: readonly ImportView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class ImportLinesQuery extends PageQuery {
  @IsOneOf(LINE_RESULTS, { optional: true, description: 'Only lines with this result' })
  readonly result?: LineResult;
}

export class ImportLineView {
  @ApiProperty({ type: 'integer', description: 'In the file; the header is line 1' })
  readonly line!: number;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As it was read, by column' })
  readonly cells!: Readonly<Record<string, string | number>>;

  @ApiProperty({ enum: LINE_RESULTS, nullable: true, description: 'null: not reached yet' })
  readonly result!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where the fault is' })
  readonly column!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly code!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What is wrong and how to mend it' })
  readonly says!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units before the line' })
  readonly before!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units after the line' })
  readonly after!: number | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Columns that the line changed, with what stood there before; an id that is null: the line made it',
  })
  readonly former!: Readonly<Record<string, string | number | null>> | null;
}

export class ImportLinesView {
  @ApiProperty({ type: [ImportLineView] })
  readonly lines!: readonly ImportLineView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
