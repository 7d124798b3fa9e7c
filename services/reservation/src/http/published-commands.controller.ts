import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, Needs, TakesLines } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { CommandPublisher } from '../topic-commands/command-publisher.js';
import { ResultReader } from '../topic-commands/result-reader.js';
import { CommandResultAnswer, CommandsAnswer, CommandsRequest } from './published-commands.dto.js';

@ApiTags('Reservations')
@Controller('v1/reservations/commands')
export class PublishedCommandsController {
  constructor(
    private readonly publisher: CommandPublisher,
    private readonly results: ResultReader,
  ) {}

  @Post()
  @TakesLines()
  @HttpCode(202)
  @Needs('reservations.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'reservationCommands.publish',
    summary: 'Publish reservation commands of a channel that cannot speak to the topic',
    description: 'Valid commands are published and carried out in the background; the others are named with what is wrong.',
  })
  @ApiAcceptedResponse({ type: CommandsAnswer })
  publish(@CurrentCaller() { tenant, subject }: Caller, @Body() { source, commands }: CommandsRequest): Promise<CommandsAnswer> {
    return this.publisher.publish(tenant, source ?? `urn:holdfast:caller:${subject}`, commands);
  }

  @Get(':commandId')
  @Needs('reservations.read')
  @ApiOperation({
    operationId: 'reservationCommands.get',
    summary: 'What became of a command of the topic',
    description: 'Kept for 14 days.',
  })
  @ApiOkResponse({ type: CommandResultAnswer })
  @ApiNotFoundResponse({ description: 'no_result: not carried out yet, failed by a fault of ours, or unknown' })
  result(@CurrentCaller() { tenant }: Caller, @Param('commandId') commandId: string): Promise<CommandResultAnswer> {
    return this.results.find(tenant, commandId);
  }
}
