import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs, Problem, Repeats } from '@holdfast/platform';
import { RebuildRunning } from '@holdfast/read-model';
import { RebuildView, rebuildView } from './rebuild.dto.js';
import { Rebuilds } from './rebuilds.js';

@ApiTags('Operations')
@Controller('v1/operations/rebuild')
export class RebuildController {
  constructor(private readonly rebuilds: Rebuilds) {}

  @Get()
  @Needs('installation.read')
  @ApiOperation({ operationId: 'rebuild.get', summary: 'How the newest rebuild stands' })
  @ApiOkResponse({ type: RebuildView })
  async get(): Promise<RebuildView> {
    return rebuildView(await this.rebuilds.current());
  }

  @Post()
  @HttpCode(202)
  @Needs('installation.rebuild')
  @Repeats('none')
  @ApiOperation({
    operationId: 'rebuild.start',
    summary: 'Build the read models anew beside the live ones, compare both and swap them',
    description: 'Sales and reads go on.',
  })
  @ApiAcceptedResponse({ type: RebuildView })
  async begin(): Promise<RebuildView> {
    try {
      return rebuildView(await this.rebuilds.begin());
    } catch (error) {
      if (error instanceof RebuildRunning) throw new Problem(409, 'rebuild_running', 'A rebuild is under way already');
      throw error;
    }
  }
}
