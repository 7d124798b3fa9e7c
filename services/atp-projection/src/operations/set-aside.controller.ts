import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs, PageQuery } from '@holdfast/platform';
import { listSetAside } from '@holdfast/read-model';
import type { SetAsideStream } from '@holdfast/read-model';
import { pageWanted, paginationView } from '../reading/paging.js';
import { ReadTables } from '../reading/read-tables.js';
import { SetAsideList, type SetAsideView } from './set-aside.dto.js';

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
    operationId: 'setAsideStreams.list',
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
