import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '@holdfast/platform';
import { homePage } from './home-page.js';
import type { WhatRuns } from './what-runs.js';

export const WHAT_RUNS = Symbol('holdfast what runs');

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'";

/** Serves `/` where the console is off: a page for browsers; and what runs as JSON for programs. */
@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(@Inject(WHAT_RUNS) private readonly whatRuns: WhatRuns) {}

  @Get()
  @Public()
  home(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): object | string {
    reply.header('vary', 'accept');
    if (accept?.includes('text/html') !== true)
      return { name: 'Holdfast', docs: '/docs', openapi: '/openapi.json', ready: '/health/ready', ...this.whatRuns };
    reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', POLICY);
    return homePage(this.whatRuns);
  }
}
