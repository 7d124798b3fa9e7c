import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { STREAMS } from '@holdfast/contracts';
import type { Clock } from '@holdfast/kit';
import { CLOCK, CurrentCaller, Needs, parseTime, Problem, SkuPipe, unknownSkus } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { ReadsStore } from '../reading/reads-store.js';
import { clocksOf } from './clocks.js';
import { eventAnswer } from './event-item.js';
import { EventPages } from './event-pages.js';
import { EventsAnswer, EventsQuery, USUAL_EVENTS } from './event.dto.js';
import { asOfAnswer, explainAnswer } from './past-answers.js';
import { AsOfAnswer, AsOfQuery, ExplainAnswer, ExplainQuery, USUAL_NAMED_EVENTS } from './past.dto.js';
import { StockPast } from './stock-past.js';

@ApiTags('Inventory')
@Controller('v1/inventory')
@ReadsStore()
export class HistoryController {
  constructor(
    private readonly past: StockPast,
    private readonly pages: EventPages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':sku/events')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'stockEvents.list',
    summary: 'What happened to a SKU: its events, with who, why and both times',
    description: 'In the order in which they were recorded. One request looks at 5,000 events at most; `nextCursor` says where to go on.',
  })
  @ApiOkResponse({ type: EventsAnswer })
  @ApiNotFoundResponse({ description: 'unknown_sku' })
  @ApiUnprocessableEntityResponse({ description: 'unknown_event_type' })
  async events(
    @CurrentCaller() { tenant }: Caller,
    @Param('sku', SkuPipe) sku: string,
    @Query() query: EventsQuery,
  ): Promise<EventsAnswer> {
    const { locationId, actor, correlation } = query;
    const filter = {
      ...{ locationId, actor, correlation, types: typesOf(query.types) },
      ...{ effectiveFrom: parseTime(query.effectiveFrom), effectiveTo: parseTime(query.effectiveTo) },
    };
    const page = await this.pages.read(STREAMS.stock.streamOf(tenant, sku), {
      filter,
      newestFirst: query.order !== 'oldest',
      limit: query.limit ?? USUAL_EVENTS,
      cursor: query.cursor === undefined ? undefined : Number(query.cursor),
      recordedFrom: parseTime(query.recordedFrom),
      recordedTo: parseTime(query.recordedTo),
    });
    if (page === undefined) throw unknownSkus([sku]);
    return { sku, events: page.events.map(eventAnswer), ...(page.next === undefined ? {} : { nextCursor: String(page.next) }) };
  }

  @Get(':sku/as-of')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'stockAsOf.get',
    summary: 'The stock of a SKU as it was at a time, by what was known at a time',
    description:
      'Two clocks: `knownAt` chooses the events by when they were recorded, `at` what they say of that time. With neither, the present.',
  })
  @ApiOkResponse({ type: AsOfAnswer })
  @ApiNotFoundResponse({ description: 'unknown_sku' })
  @ApiUnprocessableEntityResponse({ description: 'time_in_future, at_after_known_at, before_first_event or history_too_long' })
  @ApiServiceUnavailableResponse({ description: 'history_loading' })
  async asOf(@CurrentCaller() { tenant }: Caller, @Param('sku', SkuPipe) sku: string, @Query() query: AsOfQuery): Promise<AsOfAnswer> {
    const clocks = clocksOf(query, this.clock.now());
    return asOfAnswer(sku, clocks, await this.past.asOf({ tenant, sku }, clocks, query.events ?? USUAL_NAMED_EVENTS));
  }

  @Get(':sku/explain')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'stockFigures.explain',
    summary: 'What a figure of a SKU is made of: steps that add up to it, each with its events',
    description:
      'Explains what is available, or with `channelId` what that channel may promise; at a location or over all. The steps begin with the newest count or ERP figure.',
  })
  @ApiOkResponse({ type: ExplainAnswer })
  @ApiNotFoundResponse({ description: 'unknown_sku, unknown_item or unknown_channel' })
  @ApiUnprocessableEntityResponse({ description: 'time_in_future, at_after_known_at, before_first_event or history_too_long' })
  @ApiServiceUnavailableResponse({ description: 'history_loading' })
  async explain(
    @CurrentCaller() { tenant }: Caller,
    @Param('sku', SkuPipe) sku: string,
    @Query() query: ExplainQuery,
  ): Promise<ExplainAnswer> {
    const clocks = clocksOf(query, this.clock.now());
    const { locationId, channelId, events = USUAL_NAMED_EVENTS } = query;
    return explainAnswer(sku, clocks, query, await this.past.explain({ tenant, sku }, clocks, { locationId, channelId, events }));
  }
}

/** @throws Problem 422 `unknown_event_type` */
function typesOf(words: string | undefined): ReadonlySet<string> | undefined {
  if (words === undefined) return undefined;
  const types = words.split(',').map((word) => word.trim());
  const known: readonly string[] = STREAMS.stock.types;
  const unknown = types.filter((type) => !known.includes(type));
  if (unknown.length === 0) return new Set(types);
  const details = unknown.map((type) => ({ field: 'types', message: `there is no event ${type}`, known }));
  throw new Problem(422, 'unknown_event_type', 'types names an event that there is not', { details });
}
