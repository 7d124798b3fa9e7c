import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { csvRow } from '@holdfast/kit';
import { CurrentCaller, IsOneOf, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { exportedColumns, exportedRows, type ExportedKind } from '@holdfast/read-model';
import { ReadsProjection } from '../reading/reads-projection.js';
import { ReadTables } from '../reading/read-tables.js';

const KINDS: readonly ExportedKind[] = ['stock', 'products', 'locations'];

class ExportQuery {
  @IsOneOf(KINDS, { description: 'What the lines are' })
  readonly kind!: ExportedKind;
}

@ApiTags('Imports')
@Controller('v1/exports')
@ReadsProjection()
export class ExportsController {
  constructor(private readonly tables: ReadTables) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'exports.read',
    summary: 'Stock, products or locations as CSV, in the columns of imports',
    description:
      'To import the file again changes nothing. No text in it is a formula: one that would be begins with an apostrophe, which an import takes off. Products and locations that only events have named so far are left out.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  read(@CurrentCaller() { tenant }: Caller, @Query() { kind }: ExportQuery): StreamableFile {
    return new StreamableFile(Readable.from(this.pieces(tenant, kind), { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${kind}.csv"`,
    });
  }

  private async *pieces(tenant: string, kind: ExportedKind): AsyncGenerator<string> {
    yield csvRow(exportedColumns(kind));
    for await (const rows of exportedRows(this.tables, tenant, kind)) yield rows.map(csvRow).join('');
  }
}
