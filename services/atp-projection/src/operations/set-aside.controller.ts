import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Needs, PageQuery } from '@holdfast/platform';
import { listSetAside } from '@holdfast/read-model';
import type { SetAsideStream } from '@holdfast/read-model';
import { PaginationView, pageWanted, paginationView } from '../reading/paging.js';
import { ReadTables } from '../reading/read-tables.js';

class SetAsideView {
  @ApiProperty({ description: 'Its rows show it as it was before the event', example: 'stock-demo.TEE' })
  readonly stream!: string;

  @ApiProperty()
  readonly tenant!: string;

  @ApiProperty({ description: 'Of the event in the stream' })
  readonly revision!: number;

  @ApiProperty({ description: 'Of the event in the log' })
  readonly position!: string;

  @ApiProperty()
  readonly eventId!: string;

  @ApiProperty({ description: 'As it is stored' })
  readonly eventType!: string;

  @ApiProperty({ description: 'Why the event cannot be projected' })
  readonly error!: string;

  @ApiProperty({ format: 'date-time' })
  readonly setAsideAt!: string;
}

class SetAsideList {
  @ApiProperty({ type: [SetAsideView] })
  readonly streams!: readonly SetAsideView[];

  @ApiProperty({ type: PaginationView })
  readonly pagination!: PaginationView;
}

const viewOf = ({ position, setAsideAt, ...rest }: SetAsideStream): SetAsideView => ({
  ...rest,
  position: position.toString(),
  setAsideAt: setAsideAt.toISOString(),
});

@ApiTags('Operations')
@Controller('v1/operations/set-aside')
export class SetAsideController {
  constructor(private readonly tables: ReadTables) {}

  @Get()
  @Needs('installation.read')
  @ApiOperation({
    summary: 'Streams whose rows stand still, because one of their events cannot be projected',
    description: 'Oldest first. A rebuild tries them again.',
  })
  @ApiOkResponse({ type: SetAsideList })
  async list(@Query() query: PageQuery): Promise<SetAsideList> {
    const page = pageWanted(query);
    const all = await listSetAside(this.tables.pool, this.tables.schema);
    const streams = all.slice(page.offset, page.offset + page.limit).map(viewOf);
    return { streams, pagination: paginationView(page, all.length) };
  }
}
