import { Body, Controller, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { inSlices } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { answerPosition, CommandId, CurrentCaller, Idempotent, Needs, TakesCsv, TakesLines } from '@holdfast/platform';
import { bulkAnswer } from '../lines/line-result.js';
import { BulkProducts } from './bulk-products.js';
import { importAnswer, namesOf } from './import-answer.js';
import { ImportQuery } from './import.dto.js';
import { MasterProductView, ProductImport, ProductRequest, ProductsRequest, ProductsResult } from './product.dto.js';
import { ProductService } from './product.service.js';
import { withUnits } from './product-units.js';
import { readCsv } from '../csv/read-csv.js';

const COLUMNS = {
  required: ['sku'],
  optional: [
    'name',
    'category',
    'barcode',
    'brandId',
    'costMinor',
    'lowStockThreshold',
    'units',
    'removalDays',
    'lotControl',
    'safetyStock',
    'locationId',
  ],
  numeric: ['costMinor', 'lowStockThreshold', 'removalDays', 'safetyStock'],
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
  @ApiOperation({ operationId: 'products.put', summary: 'Create a product (201) or change the fields given (200)' })
  @ApiCreatedResponse({ type: MasterProductView })
  @ApiOkResponse({ type: MasterProductView })
  async put(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: ProductRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MasterProductView> {
    const { product, created, position } = await this.products.put(caller, body, commandId);
    reply.status(created ? 201 : 200);
    answerPosition(reply, position);
    return product;
  }

  @Post('bulk')
  @TakesLines()
  @HttpCode(200)
  @Needs('products.write')
  @Idempotent()
  @ApiOperation({ operationId: 'products.putMany', summary: 'Create or change up to 10,000 products; a result per line' })
  @ApiOkResponse({ type: ProductsResult })
  async putMany(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: ProductsRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductsResult> {
    const { results, position } = await this.bulk.put(caller, body.products, commandId);
    answerPosition(reply, position);
    return bulkAnswer(results);
  }

  @Post('import')
  @HttpCode(200)
  @Needs('products.write')
  @Idempotent()
  @ApiOperation({ operationId: 'products.import', summary: 'Create or change products from CSV with a header line; a result per line' })
  @TakesCsv()
  @ApiBody({ schema: { type: 'string', example: 'sku,name,costMinor\nTEE-BLACK-M,"Black T-shirt, M",850\n' } })
  @ApiOkResponse({ type: ProductImport })
  async import(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Headers('content-type') contentType: string | undefined,
    @Body() body: unknown,
    @Query() query: ImportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductImport> {
    const lines = await inSlices(readCsv({ body, contentType }, COLUMNS));
    const dryRun = query.dryRun === true;
    const values = lines.map(({ value }) => withUnits(value));
    const { results, position } = await this.bulk.put(caller, values, commandId, { dryRun, nameOf: namesOf(lines) });
    if (!dryRun) answerPosition(reply, position);
    return importAnswer(lines, results, dryRun);
  }
}
