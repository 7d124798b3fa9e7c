import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, IsChannelId, Needs } from '@holdfast/platform';
import { MappingsService } from './mappings.service.js';

class MappingsExportQuery {
  @IsChannelId({ optional: true })
  readonly channelId?: string;
}

@ApiTags('Imports')
@Controller('v1/exports/mappings')
export class MappingsExportController {
  constructor(private readonly mappings: MappingsService) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({
    operationId: 'exports.mappings',
    summary: 'Which listing each SKU has on each channel, as CSV in the columns of imports',
    description: 'To import the file again changes nothing. No text in it is a formula.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  read(@CurrentCaller() { tenant }: Caller, @Query() { channelId }: MappingsExportQuery): StreamableFile {
    return new StreamableFile(Readable.from(this.mappings.exported(tenant, channelId ?? null), { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="mappings.csv"',
    });
  }
}
