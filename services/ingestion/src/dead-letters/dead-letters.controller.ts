import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, Idempotent, Needs, pageOf, Problem } from '@holdfast/platform';
import { DeadLettersQuery, DeadLettersView, ReplayRequest, ReplayResult } from './dead-letter.dto.js';
import { DeadLetters } from './dead-letters.js';
import { Replay } from './replay.js';

@ApiTags('ERP')
@Controller('v1/erp/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly letters: DeadLetters,
    private readonly replays: Replay,
  ) {}

  @Get()
  @Needs('erp.read')
  @ApiOperation({
    operationId: 'deadLetters.list',
    summary: 'Messages that could not be processed, newest first',
    description: 'Each with what is wrong and how to mend it.',
  })
  @ApiOkResponse({ type: DeadLettersView })
  list(@CurrentCaller() caller: Caller, @Query() query: DeadLettersQuery): Promise<DeadLettersView> {
    return this.letters.list(caller.tenant, query.status ?? 'open', pageOf(query));
  }

  @Post('replay')
  @HttpCode(202)
  @Needs('erp.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'deadLetters.replay',
    summary: 'Publish dead letters again, mended where a fix is given',
    description: 'Those that would fail again stay, with the reason.',
  })
  @ApiAcceptedResponse({ type: ReplayResult })
  replay(@CurrentCaller() caller: Caller, @Body() { ids, all, fix }: ReplayRequest): Promise<ReplayResult> {
    if ((ids === undefined) === (all !== true))
      throw new Problem(400, 'validation_failed', 'Say which dead letters: either ids or all', {
        details: [{ field: 'ids', message: 'must be given, or all must be true, but not both' }],
      });
    return this.replays.replay(caller.tenant, { letters: ids ?? 'open', ...(fix === undefined ? {} : { fix }) });
  }
}
