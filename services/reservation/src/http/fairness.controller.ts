import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, CurrentCaller, SkuPipe, Needs, pageOf, paginationOf, parseTime, Problem } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { FairnessLog } from '../fairness/fairness-log.js';
import type { ServedContender } from '../fairness/fairness-table.js';
import { FairnessAnswer, FairnessQuery, type ContenderAnswer } from './fairness.dto.js';

const DAY_MS = 86_400_000;

@ApiTags('Inventory')
@Controller('v1/inventory')
export class FairnessController {
  constructor(
    private readonly log: FairnessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':sku/fairness')
  @Needs('reservations.read')
  @ApiOperation({
    operationId: 'contenders.list',
    summary: 'Who contended for a SKU: in which order they came, in which they were served, and what each was told',
    description:
      'Reservations that were decided together with others, and each that was refused. One alone that had its units is no contender.',
  })
  @ApiOkResponse({ type: FairnessAnswer })
  async fairness(
    @Param('sku', SkuPipe) sku: string,
    @Query() query: FairnessQuery,
    @CurrentCaller() { tenant }: Caller,
  ): Promise<FairnessAnswer> {
    // The millisecond that runs is part of it.
    const to = parseTime(query.to) ?? this.clock.now() + 1;
    const from = parseTime(query.from) ?? to - DAY_MS;
    if (from >= to) throw emptyPeriod();
    const page = pageOf(query);
    const { summary, contenders } = await this.log.read({ tenant, sku }, { from, to }, page);
    return {
      sku,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      summary: { ...summary, inOrderOfArrival: summary.inversions === 0 },
      contenders: contenders.map(answerOf),
      pagination: paginationOf(page, summary.contenders),
    };
  }
}

const emptyPeriod = (): Problem =>
  new Problem(400, 'validation_failed', 'The query has a fault', { details: [{ field: 'from', message: 'must lie before to' }] });

const answerOf = ({ arrivedAt, servedAt, revision, ...contender }: ServedContender): ContenderAnswer => ({
  ...contender,
  arrivedAt: new Date(arrivedAt).toISOString(),
  servedAt: new Date(servedAt).toISOString(),
  ...(revision < 0 ? {} : { revision }),
});
