import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs, Problem } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { ReadsProjection } from '../reading/reads-projection.js';
import { MatrixColumnsView, MatrixViewQuery, USUAL_ROWS } from './matrix-view.dto.js';
import { MatrixViews } from './matrix-views.js';

@ApiTags('Views')
@Controller('v1/views')
@ReadsProjection()
export class ViewsController {
  constructor(private readonly matrices: MatrixViews) {}

  @Get('matrix')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'views.matrix',
    summary: 'All cells of the matrix of SKUs by channels or locations in one answer',
    description:
      'To keep it live, open `GET /api/inventory/stream` first, read this once `hello` came, and then apply its messages: they carry absolute figures.',
  })
  @ApiOkResponse({ type: MatrixColumnsView })
  async matrix(
    @CurrentCaller() { tenant }: Caller,
    @Query() { by = 'channel', locationId, search, limit = USUAL_ROWS }: MatrixViewQuery,
  ): Promise<MatrixColumnsView> {
    if (by === 'location' && locationId !== undefined)
      throw new Problem(400, 'validation_failed', 'The query has a fault', {
        details: [{ field: 'locationId', message: 'goes with by=channel only: by=location has a column for each' }],
      });
    return this.matrices.read(tenant, { by, locationId, search, limit });
  }
}
