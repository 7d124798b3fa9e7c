import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/needs.js';
import type { HealthRegistry } from '../observing/health.js';
import type { Logger } from '../observing/logger.js';
import type { Metrics } from '../observing/metrics.js';
import { HEALTH, LOGGER, METRICS } from './tokens.js';

/** What operators and orchestrators ask of every service. */
@ApiExcludeController()
@Controller()
export class OperationsController {
  constructor(
    @Inject(HEALTH) private readonly health: HealthRegistry,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The process runs; says nothing of its engines, as a restart would not mend those. */
  @Get('health/live')
  @Public()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * 200 when every check passes, even if degraded, else 503. The reason of a failure is only in the log, because the route needs no
   * credential.
   */
  @Get('health/ready')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { status, checks } = await this.health.report();
    if (status === 'failed') {
      this.logger.warn({ checks }, 'not ready');
      reply.status(503);
    }
    return {
      status,
      checks: Object.fromEntries(Object.entries(checks).map(([name, { error: _, ...check }]) => [name, check])),
    };
  }

  @Get('metrics')
  @Public()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  exposition(): Promise<string> {
    return this.metrics.exposition();
  }
}
