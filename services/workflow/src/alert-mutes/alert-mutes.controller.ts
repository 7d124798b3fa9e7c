import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, personOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { MutesView, MuteView, PutMuteRequest } from './alert-mutes.dto.js';
import { AlertMutesService } from './alert-mutes.service.js';

@ApiTags('Alerts')
@Controller('v1/alert-mutes')
export class AlertMutesController {
  constructor(private readonly mutes: AlertMutesService) {}

  @Get()
  @Needs('alerts.read')
  @ApiOperation({ operationId: 'alertMutes.list', summary: 'What no webhook is told for a while' })
  @ApiOkResponse({ type: MutesView })
  async list(@CurrentCaller() { tenant }: Caller): Promise<MutesView> {
    return { mutes: await this.mutes.list(tenant) };
  }

  @Put(':muteId')
  @Needs('alerts.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'alertMutes.put',
    summary: 'Tell webhooks nothing of some alerts until a time',
    description:
      'All of the fields given must fit. Alerts are listed and on the topic as before; once the mute ends, the newest alert of each matter that is not over is sent.',
  })
  @ApiOkResponse({ type: MuteView })
  put(
    @Param('muteId', IdentifierPipe) muteId: string,
    @Body() request: PutMuteRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<MuteView> {
    return this.mutes.put({ tenant: caller.tenant, muteId }, request, personOf(caller));
  }

  @Delete(':muteId')
  @HttpCode(204)
  @Needs('alerts.write')
  @ApiOperation({ operationId: 'alertMutes.remove', summary: 'End a mute now' })
  @ApiNoContentResponse()
  remove(@Param('muteId', IdentifierPipe) muteId: string, @CurrentCaller() { tenant }: Caller): Promise<void> {
    return this.mutes.remove({ tenant, muteId });
  }
}
