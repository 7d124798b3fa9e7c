import { ApiProperty } from '@nestjs/swagger';
import { IsFlag, IsObjectOfAnything, IsWholeNumber, Pagination } from '@holdfast/platform';
import { CHECK_NAMES } from '../port.js';
import { RUN_STATUSES } from '../runs/run-table.js';

const MAX_INTERVAL_S = 86_400;
/** Ten thousand units of measure, each named with its SKU. */
const MAX_SETTINGS_LENGTH = 1_000_000;

export class PollerRequest {
  @IsWholeNumber({ min: 5, max: MAX_INTERVAL_S, description: 'Seconds from the begin of a poll to the begin of the next', example: 60 })
  readonly intervalSeconds!: number;

  @IsObjectOfAnything({
    max: MAX_SETTINGS_LENGTH,
    description: 'How the ERP is read; see the guide of its system. Replaces the former settings',
    example: { baseUrl: 'https://my300000-api.s4hana.cloud.sap', plants: ['1010'] },
  })
  readonly settings!: Readonly<Record<string, unknown>>;

  @IsObjectOfAnything({
    optional: true,
    description: 'Stored sealed and never answered. Fields that are left out stay as they are, null removes one',
    example: { username: 'HOLDFAST', password: 'secret' },
  })
  readonly credentials?: Readonly<Record<string, unknown>>;

  @IsFlag({ optional: true, description: 'Whether it polls by itself; true when left out' })
  readonly enabled?: boolean;
}

export const POLLER_STATUSES = ['waiting', 'ok', 'failing', 'paused', 'disabled'] as const;

export class PollerView {
  @ApiProperty({ type: 'integer' })
  readonly intervalSeconds!: number;

  @ApiProperty({ type: Object, additionalProperties: true })
  readonly settings!: Readonly<Record<string, unknown>>;

  @ApiProperty()
  readonly enabled!: boolean;

  @ApiProperty({
    enum: POLLER_STATUSES,
    description: 'waiting: not read yet. failing: the last run failed. paused: three runs in a row failed, so that it tries seldom',
  })
  readonly status!: (typeof POLLER_STATUSES)[number];

  @ApiProperty({ type: String, nullable: true, description: 'Why the last run failed' })
  readonly error!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'End of the last run that read all' })
  readonly readAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it polls next by itself' })
  readonly nextAt!: string | null;
}

export class RefusedRowView {
  @ApiProperty({ description: 'What names the row' })
  readonly row!: string;

  @ApiProperty()
  readonly field!: string;

  @ApiProperty({ description: 'What is wrong and how to mend it' })
  readonly says!: string;
}

export class PollRunView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: RUN_STATUSES })
  readonly status!: (typeof RUN_STATUSES)[number];

  @ApiProperty({ format: 'date-time' })
  readonly startedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly rowsRead!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Figures that were published, because they would come to something else than the last ones',
  })
  readonly changed!: number;

  @ApiProperty({ type: 'integer', description: 'Rows that cannot be read; the first of them are in `refusals`' })
  readonly refused!: number;

  @ApiProperty({ type: 'integer', description: 'Of the changed ones, those whose warehouse is not mapped: they wait until it is' })
  readonly parked!: number;

  @ApiProperty({ type: 'integer' })
  readonly ms!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed, or why its page is asked for again' })
  readonly error!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: "How far the ERP's clock is ahead of ours, in milliseconds; null until known",
  })
  readonly skewMs!: number | null;

  @ApiProperty({ type: [RefusedRowView] })
  readonly refusals!: readonly RefusedRowView[];
}

export class PollRunsView {
  @ApiProperty({ type: [PollRunView] })
  readonly runs!: readonly PollRunView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class PollStarted {
  @ApiProperty({ format: 'uuid', description: 'The run that began, or that is under way' })
  readonly runId!: string;
}

export class ErpCheckView {
  @ApiProperty({ enum: CHECK_NAMES })
  readonly name!: (typeof CHECK_NAMES)[number];

  @ApiProperty()
  readonly ok!: boolean;

  @ApiProperty({ description: 'In words' })
  readonly says!: string;
}

export class ErpTestView {
  @ApiProperty({ type: [ErpCheckView] })
  readonly checks!: readonly ErpCheckView[];
}

export class ErpWarehouseView {
  @ApiProperty({ example: '1010/101A' })
  readonly warehouseId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly name!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Location that it is mapped to; null where it is not mapped' })
  readonly locationId!: string | null;
}

export class ErpWarehousesView {
  @ApiProperty({ type: [ErpWarehouseView] })
  readonly warehouses!: readonly ErpWarehouseView[];
}
