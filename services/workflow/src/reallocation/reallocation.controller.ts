import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerPosition, CLOCK, CommandId, CurrentCaller, Idempotent, Needs } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { ReallocateRequest, Reallocation } from './reallocation.dto.js';
import { ReallocationService } from './reallocation.service.js';

@ApiTags('Inventory')
@Controller('v1/inventory')
export class ReallocationController {
  constructor(
    private readonly reallocation: ReallocationService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('reallocate')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'stock.reallocate',
    summary: 'Move virtual stock between fulfilment nodes at once: free units, or those of a hold',
  })
  @ApiOkResponse({ type: Reallocation })
  async reallocate(
    @Body() request: ReallocateRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Reallocation> {
    const order = { tenant: caller.tenant, actor: caller.subject, commandId, at: this.clock.now() };
    const { done, position } = await this.reallocation.move(request, order);
    answerPosition(reply, position);
    return done;
  }
}
