import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { listSetAside } from '@holdfast/read-model';
import { Freshness } from '../reading/freshness.js';
import { ReadTables } from '../reading/read-tables.js';
import { Readers } from '../stream/readers.js';
import { OperationsStatus } from './status.dto.js';

@ApiTags('Operations')
@Controller('v1/operations/status')
export class StatusController {
  constructor(
    private readonly tables: ReadTables,
    private readonly freshness: Freshness,
    private readonly readers: Readers,
  ) {}

  @Get()
  @Needs('operations.read')
  @ApiOperation({ operationId: 'operations.status', summary: 'How far the read models are behind the log, and who reads the live stream' })
  @ApiOkResponse({ type: OperationsStatus })
  async status(@CurrentCaller() { tenant }: Caller): Promise<OperationsStatus> {
    const { pool, schema } = this.tables;
    const [{ position, head, ...behind }, setAside] = await Promise.all([this.freshness.behind(), listSetAside(pool, schema)]);
    return {
      projection: {
        position: position.toString(),
        head: head.toString(),
        ...behind,
        setAside: setAside.filter((stream) => stream.tenant === tenant).length,
      },
      stream: this.readers.counts,
    };
  }
}
