import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CommandId, CurrentCaller, Idempotent, Needs, pageOf, PageQuery, TakesCsv } from '@holdfast/platform';
import { ImportLinesQuery, ImportLinesView, ImportsView, ImportView, NewImportQuery, signOf, UndoQuery } from './import.dto.js';
import { ImportsService } from './imports.service.js';

@ApiTags('Imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post()
  @HttpCode(202)
  @Needs('inventory.write')
  @Idempotent()
  @TakesCsv()
  @ApiOperation({
    operationId: 'imports.begin',
    summary: 'Import a CSV file, or see what it would change',
    description:
      'The file is checked and stored, then carried out in the background, also after a restart. Bad lines leave the others alone.',
  })
  @ApiBody({ schema: { type: 'string', example: 'sku,locationId,quantity\nTEE-BLACK-M,MAIN,12\n' } })
  @ApiAcceptedResponse({ type: ImportView })
  begin(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Headers('content-type') contentType: string | undefined,
    @Body() body: unknown,
    @Query() query: NewImportQuery,
  ): Promise<ImportView> {
    const { kind, dryRun = false, delimiter, encoding, decimal = 'point', duplicates = 'refuse' } = query;
    const type = encoding === undefined ? contentType : `text/csv; charset=${encoding}`;
    const file = { body, contentType: type, delimiter: signOf(delimiter), decimal };
    return this.imports.begin(caller, commandId, { kind, dryRun, duplicates, file });
  }

  @Post(':importId/undo')
  @HttpCode(202)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'imports.undo',
    summary: 'Take back what an import changed',
    description:
      'Each line is taken back by the difference that it made, so later changes stay. What is promised meanwhile is not taken: such lines fail. The undo is an import of its own and can be undone.',
  })
  @ApiAcceptedResponse({ type: ImportView })
  undo(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Param('importId') importId: string,
    @Query() { dryRun = false }: UndoQuery,
  ): Promise<ImportView> {
    return this.imports.undo(caller, importId, commandId, dryRun);
  }

  @Get()
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'imports.list', summary: 'Imports, newest first' })
  @ApiOkResponse({ type: ImportsView })
  list(@CurrentCaller() { tenant }: Caller, @Query() query: PageQuery): Promise<ImportsView> {
    return this.imports.list(tenant, pageOf(query));
  }

  @Get(':importId')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'imports.get', summary: 'How far an import is' })
  @ApiOkResponse({ type: ImportView })
  view(@CurrentCaller() { tenant }: Caller, @Param('importId') importId: string): Promise<ImportView> {
    return this.imports.view(tenant, importId);
  }

  @Get(':importId/lines')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'imports.lines', summary: 'What became of each line, in the order of the file' })
  @ApiOkResponse({ type: ImportLinesView })
  lines(
    @CurrentCaller() { tenant }: Caller,
    @Param('importId') importId: string,
    @Query() query: ImportLinesQuery,
  ): Promise<ImportLinesView> {
    return this.imports.lines(tenant, importId, query.result, pageOf(query));
  }

  @Get(':importId/failed.csv')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'imports.failedLines',
    summary: 'The failed lines as CSV, with what is wrong: mend them and import them again',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async failed(@CurrentCaller() { tenant }: Caller, @Param('importId') importId: string): Promise<StreamableFile> {
    const pieces = await this.imports.failed(tenant, importId);
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="failed-lines.csv"`,
    });
  }
}
