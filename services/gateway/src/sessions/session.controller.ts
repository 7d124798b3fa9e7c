import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, NeedsCaller, Public, Repeats } from '@holdfast/platform';
import { hasCredential } from '../access/credential.js';
import { refuseOtherPage } from './cross-site.js';
import { noSessionCookie, sessionCookie, sessionIdOf } from './session-cookie.js';
import { SessionView, SignIn } from './session.dto.js';
import { Sessions } from './sessions.js';
import { SignIns } from './sign-in.js';

/** The console's sign-in. Its secret lies in a cookie that no script can read. */
@ApiTags('Session')
@Controller('v1/session')
export class SessionController {
  constructor(
    @Inject(SignIns) private readonly signIns: SignIns,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Post()
  @Public()
  @Repeats('none')
  @ApiOperation({ operationId: 'session.open', summary: 'Open a session by a key, a token or a one-time code; answers with a cookie' })
  @ApiCreatedResponse({ type: SessionView })
  async open(@Body() body: SignIn, @Req() { raw }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    refuseOtherPage(raw);
    const session = await this.signIns.open(body, raw);
    reply.header('set-cookie', sessionCookie(raw, session.id)).header('cache-control', 'no-store');
    return viewOf(session.caller, session.endsAt);
  }

  @Get()
  @NeedsCaller()
  @ApiOperation({ operationId: 'session.get', summary: 'Who asks, and what they may do' })
  @ApiOkResponse({ type: SessionView })
  async find(
    @CurrentCaller() caller: Caller,
    @Req() { raw }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    reply.header('cache-control', 'no-store');
    const id = hasCredential(raw) ? undefined : sessionIdOf(raw);
    return viewOf(caller, id === undefined ? null : (await this.sessions.find(id)).endsAt);
  }

  @Delete()
  @HttpCode(204)
  @NeedsCaller()
  @ApiOperation({ operationId: 'session.end', summary: 'End the session of the cookie' })
  @ApiNoContentResponse()
  async end(@Req() { raw }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const id = hasCredential(raw) ? undefined : sessionIdOf(raw);
    if (id !== undefined) await this.sessions.end(id);
    reply.header('set-cookie', noSessionCookie(raw));
  }
}

const viewOf = ({ tenant, subject, permissions }: Caller, endsAt: number | null): SessionView => ({
  tenant,
  subject,
  permissions,
  endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
});
