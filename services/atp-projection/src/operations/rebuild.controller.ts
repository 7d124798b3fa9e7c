import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Needs, Problem } from '@holdfast/platform';
import { RebuildRunning } from '@holdfast/read-model';
import { RebuildView, rebuildView } from './rebuild.dto.js';
import { Rebuilds } from './rebuilds.js';

@ApiTags('Operations')
@Controller('v1/operations/rebuild')
export class RebuildController {
  constructor(private readonly rebuilds: Rebuilds) {}

  /** How the newest rebuild stands. */
  @Get()
  @Needs('operations.read')
  @ApiOkResponse({ type: RebuildView })
  async get(): Promise<RebuildView> {
    return rebuildView(await this.rebuilds.current());
  }

  /** Builds the read models anew beside the live ones, compares both and swaps them. Sales and reads go on. */
  @Post()
  @HttpCode(202)
  @Needs('operations.rebuild')
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
