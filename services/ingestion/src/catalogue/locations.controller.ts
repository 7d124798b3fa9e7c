import { Body, Controller, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { inSlices } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { answerPosition, CommandId, CurrentCaller, Idempotent, Needs, TakesCsv, TakesLines } from '@holdfast/platform';
import { bulkAnswer } from '../lines/line-result.js';
import { importAnswer, namesOf } from './import-answer.js';
import { ImportQuery } from './import.dto.js';
import { LocationImport, LocationRequest, LocationsRequest, LocationsResult, LocationView } from './location.dto.js';
import { LocationService } from './location.service.js';
import { readCsv } from '../csv/read-csv.js';

const COLUMNS = {
  required: ['locationId', 'name'],
  optional: ['kind', 'priority', 'latitude', 'longitude', 'country', 'postalCode', 'region', 'timeZone', 'blocked'],
  numeric: ['priority', 'latitude', 'longitude'],
};

@ApiTags('Catalogue')
@Controller('api/locations')
export class LocationsController {
  constructor(private readonly locations: LocationService) {}

  @Post()
  @Needs('locations.write')
  @Idempotent()
  @ApiOperation({ operationId: 'locations.put', summary: 'Create a location (201) or change it (200)' })
  @ApiCreatedResponse({ type: LocationView })
  @ApiOkResponse({ type: LocationView })
  async put(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: LocationRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LocationView> {
    const { location, created, position } = await this.locations.put(caller, body, commandId);
    reply.status(created ? 201 : 200);
    answerPosition(reply, position);
    return location;
  }

  @Post('bulk')
  @TakesLines()
  @HttpCode(200)
  @Needs('locations.write')
  @Idempotent()
  @ApiOperation({ operationId: 'locations.putMany', summary: 'Create or change up to 10,000 locations; a result per line' })
  @ApiOkResponse({ type: LocationsResult })
  async putMany(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: LocationsRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LocationsResult> {
    const { results, position } = await this.locations.putLines(caller, body.locations, commandId);
    answerPosition(reply, position);
    return bulkAnswer(results);
  }

  @Post('import')
  @HttpCode(200)
  @Needs('locations.write')
  @Idempotent()
  @ApiOperation({ operationId: 'locations.import', summary: 'Create or change locations from CSV with a header line; a result per line' })
  @TakesCsv()
  @ApiBody({ schema: { type: 'string', example: 'locationId,name,kind,priority\nBER,Berlin,warehouse,10\n' } })
  @ApiOkResponse({ type: LocationImport })
  async import(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Headers('content-type') contentType: string | undefined,
    @Body() body: unknown,
    @Query() query: ImportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LocationImport> {
    const lines = await inSlices(readCsv({ body, contentType }, COLUMNS));
    const dryRun = query.dryRun === true;
    const values = lines.map(({ value }) => value);
    const { results, position } = await this.locations.putLines(caller, values, commandId, { dryRun, nameOf: namesOf(lines) });
    if (!dryRun) answerPosition(reply, position);
    return importAnswer(lines, results, dryRun);
  }
}
