import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller, FileBody } from '@holdfast/platform';
import {
  CommandId,
  ComparesRepeats,
  CurrentCaller,
  Idempotent,
  Needs,
  pageOf,
  PageQuery,
  REPLAYED_HEADER,
  TakesFile,
} from '@holdfast/platform';
import { csvFault } from '../csv/csv-fault.js';
import { Followers } from './followers.js';
import { ImportLinesQuery, ImportLinesView, ImportsView, ImportView, NewImportQuery, signOf, UndoQuery } from './import.dto.js';
import { ImportsService } from './imports.service.js';

@ApiTags('Imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly followers: Followers,
  ) {}

  @Post()
  @HttpCode(202)
  @Needs('inventory.write')
  @ComparesRepeats()
  @TakesFile()
  @ApiOperation({
    operationId: 'imports.begin',
    summary: 'Import a CSV file, or see what it would change',
    description:
      'The file is checked and stored as it comes, then carried out in the background, also after a restart. Bad lines leave the others alone. A repeat under the same key answers how far the import is.',
  })
  @ApiBody({ schema: { type: 'string', example: 'sku,locationId,quantity\nTEE-BLACK-M,MAIN,12\n' } })
  @ApiAcceptedResponse({ type: ImportView })
  async begin(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: FileBody | undefined,
    @Query() query: NewImportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportView> {
    const { kind, dryRun = false, delimiter, encoding, decimal = 'point', dates = 'iso', duplicates = 'refuse' } = query;
    const file = fileOf(body);
    const { view, repeated } = await this.imports.begin(caller, commandId, {
      kind,
      dryRun,
      duplicates,
      file: encoding === undefined ? file : { ...file, contentType: `text/csv; charset=${encoding}` },
      form: { delimiter: signOf(delimiter), decimal, dates },
    });
    if (repeated) reply.header(REPLAYED_HEADER, 'true');
    return view;
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

  @Get(':importId/events')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'imports.follow',
    summary: 'How far an import is, as it goes on',
    description:
      'Server-sent events `progress` whose data is the import as `GET /v1/imports/{importId}` answers it; the stream ends with the import. Sent as `Last-Event-ID`, the `id` of an event leaves out what was told before it; where nothing can follow, the answer is 204, and a client stops asking.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiNoContentResponse({ description: 'The import has ended, and its end was told' })
  @ApiHeader({ name: 'last-event-id', required: false, description: 'Id of the last event read' })
  async follow(
    @CurrentCaller() { tenant }: Caller,
    @Param('importId') importId: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const takeOver = (): FastifyReply['raw'] => {
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
      reply.hijack();
      return reply.raw;
    };
    if (!(await this.followers.add(takeOver, tenant, importId, lastEventId))) await reply.status(204).send();
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

/** A request without a body has no type either. */
function fileOf(body: FileBody | undefined): FileBody {
  if (body?.pieces === undefined) throw csvFault('malformed_csv', 'the body must be CSV with a header line');
  return body;
}
