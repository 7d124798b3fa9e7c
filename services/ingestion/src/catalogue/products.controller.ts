import { Body, Controller, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { inSlices } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { answerPosition, CommandId, CurrentCaller, Idempotent, Needs, TakesCsv } from '@holdfast/platform';
import type { BulkAnswer } from '../lines/line-result.js';
import { bulkAnswer } from '../lines/line-result.js';
import type { ProductLineResult } from './bulk-products.js';
import { BulkProducts } from './bulk-products.js';
import type { ImportAnswer } from './import-answer.js';
import { importAnswer, ImportQuery, namesOf } from './import-answer.js';
import { ProductRequest, ProductsRequest } from './product.dto.js';
import type { ProductView } from './product.service.js';
import { ProductService } from './product.service.js';
import { readCsv } from '../csv/read-csv.js';

const COLUMNS = {
  required: ['sku'],
  optional: ['name', 'category', 'barcode', 'brandId', 'costMinor', 'lowStockThreshold', 'safetyStock', 'locationId'],
  numeric: ['costMinor', 'lowStockThreshold', 'safetyStock'],
};

@ApiTags('Catalogue')
@Controller('api/products')
export class ProductsController {
  constructor(
    private readonly products: ProductService,
    private readonly bulk: BulkProducts,
  ) {}

  @Post()
  @Needs('products.write')
  @Idempotent()
  @ApiOperation({ summary: 'Create a product (201) or change the fields given (200)' })
  async put(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: ProductRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductView> {
    const { product, created, position } = await this.products.put(caller, body, commandId);
    reply.status(created ? 201 : 200);
    answerPosition(reply, position);
    return product;
  }

  @Post('bulk')
  @HttpCode(200)
  @Needs('products.write')
  @Idempotent()
  @ApiOperation({ summary: 'Create or change up to 10,000 products; a result per line' })
  async putMany(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: ProductsRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BulkAnswer<ProductLineResult>> {
    const { results, position } = await this.bulk.put(caller, body.products, commandId);
    answerPosition(reply, position);
    return bulkAnswer(results);
  }

  @Post('import')
  @HttpCode(200)
  @Needs('products.write')
  @Idempotent()
  @ApiOperation({ summary: 'Create or change products from CSV with a header line; a result per line' })
  @TakesCsv()
  @ApiBody({ schema: { type: 'string', example: 'sku,name,costMinor\nTEE-BLACK-M,"Black T-shirt, M",850\n' } })
  async import(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Headers('content-type') contentType: string | undefined,
    @Body() body: unknown,
    @Query() query: ImportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportAnswer> {
    const lines = await inSlices(readCsv({ body, contentType }, COLUMNS));
    const dryRun = query.dryRun === true;
    const values = lines.map(({ value }) => value);
    const { results, position } = await this.bulk.put(caller, values, commandId, { dryRun, nameOf: namesOf(lines) });
    if (!dryRun) answerPosition(reply, position);
    return importAnswer(lines, results, dryRun);
  }
}
