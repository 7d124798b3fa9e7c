import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, SkuPipe, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { Certificates } from '../certificates/certificates.js';
import { CertificateAnswer, CertificateQuery } from './certificate.dto.js';

@ApiTags('Inventory')
@Controller('v1/inventory')
export class CertificatesController {
  constructor(private readonly certificates: Certificates) {}

  @Get(':sku/certificate')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'certificates.get',
    summary: 'The no-oversell certificate of a SKU: every event of its stream, chained by hash, with the bound held at each',
    description: 'Streamed, a step a line. Check it with tools/check-certificate, which shares no code with Holdfast.',
  })
  @ApiOkResponse({ type: CertificateAnswer })
  @ApiNotFoundResponse({ description: 'unknown_sku' })
  async certificate(
    @CurrentCaller() { tenant }: Caller,
    @Param('sku', SkuPipe) sku: string,
    @Query() { revision }: CertificateQuery,
  ): Promise<StreamableFile> {
    const text = await this.certificates.of({ tenant, sku }, revision);
    return new StreamableFile(Readable.from(text), { type: 'application/json; charset=utf-8' });
  }
}
