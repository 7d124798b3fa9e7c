import { Body, Controller, Get, Module, Param, Post, Query, Sse, type MessageEvent } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServiceApp, CurrentCaller, Idempotent, IsQuantity, IsSku, Needs, TakesCsv, type Caller, Repeats } from '@holdfast/platform';
import { NEVER, merge, of, type Observable } from 'rxjs';
import type { Surroundings } from './surroundings.js';

class Line {
  @IsSku()
  readonly sku!: string;

  @IsQuantity()
  readonly quantity!: number;
}

class Reserved {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly tenant!: string;
}

const ANYTHING = { type: 'object', properties: {}, additionalProperties: true };

/** Stands in for every service: answers who asked for what. */
@ApiTags('Echo')
@Controller()
class EchoController {
  @Post('sales-channel/inventory/reserve')
  @ApiOperation({ operationId: 'reservations.reserve', summary: 'Hold stock' })
  @Needs('reservations.write')
  @Idempotent()
  @ApiCreatedResponse({ type: Reserved })
  reserve(@Body() body: Line, @CurrentCaller() caller: Caller): Reserved {
    return { sku: body.sku, tenant: caller.tenant };
  }

  @Get('sales-channel/inventory/:sku')
  @ApiOperation({ operationId: 'items.get', summary: 'One item' })
  @ApiOkResponse({ schema: ANYTHING })
  @Needs('inventory.read')
  view(@Param('sku') sku: string, @Query() query: Record<string, string>, @CurrentCaller() caller: Caller): object {
    return { sku, query, ...caller };
  }

  @Post('api/products/import')
  @TakesCsv()
  @ApiOperation({ operationId: 'products.import', summary: 'Import products' })
  @Repeats('natural')
  @ApiCreatedResponse({ schema: ANYTHING })
  @Needs('products.write')
  importCsv(@Body() body: string): object {
    return { bytes: Buffer.byteLength(body) };
  }

  @Post('v1/operations/rebuild')
  @ApiOperation({ operationId: 'rebuild.start', summary: 'Rebuild' })
  @Repeats('none')
  @ApiCreatedResponse({ schema: ANYTHING })
  @Needs('installation.rebuild')
  rebuild(): object {
    return {};
  }

  @Sse('api/inventory/stream')
  @ApiOperation({ operationId: 'changes.follow', summary: 'Changes as they happen' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Needs('inventory.read')
  stream(): Observable<MessageEvent> {
    return merge(of({ data: { sku: 'A', available: 3 } }), NEVER);
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

export const echoService = (around: Surroundings): Promise<NestFastifyApplication> =>
  createServiceApp({ ...around, name: 'echo', module: EchoModule });
