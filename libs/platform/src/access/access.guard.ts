import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Secret } from '../config/secret.js';
import { Problem } from '../problems/problem.js';
import type { Caller } from './caller.js';
import { attachCaller, attachedCaller } from './caller.js';
import type { Access } from './needs.js';
import { ACCESS } from './needs.js';
import { allows } from './permissions.js';
import { CALLER_HEADER, readSignedCaller } from './signed-caller.js';

/** For what a route needs only for some requests. @throws Problem 403 `missing_permission` */
export function requirePermission({ permissions }: Pick<Caller, 'permissions'>, ...needed: readonly string[]): void {
  const missing = needed.filter((permission) => !allows(permissions, permission));
  if (missing.length === 0) return;
  throw new Problem(403, 'missing_permission', `This needs the permission ${missing.join(', ')}`, {
    details: missing.map((permission) => ({ permission })),
  });
}

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Lets a request through when its caller holds what the route needs. A route that says nothing of its access is a fault of ours. */
export class AccessGuard implements CanActivate {
  private readonly accessOf = new Map<Handler, Access>();

  constructor(private readonly internalSecret: Secret | undefined) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.access(context);
    if (access.kind === 'public') return true;
    const caller = this.caller(context.switchToHttp().getRequest<FastifyRequest>());
    requirePermission(caller, ...access.permissions);
    return true;
  }

  private caller(request: FastifyRequest): Caller {
    const attached = attachedCaller(request.raw);
    if (attached !== undefined) return attached;
    const header = request.headers[CALLER_HEADER];
    const caller =
      this.internalSecret !== undefined && typeof header === 'string' ? readSignedCaller(header, this.internalSecret.reveal()) : undefined;
    if (caller === undefined) {
      throw new Problem(401, 'unauthenticated', 'Send an API key or a token to the gateway: Authorization: Bearer …', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    attachCaller(request.raw, caller);
    return caller;
  }

  private access(context: ExecutionContext): Access {
    const handler = context.getHandler();
    const known = this.accessOf.get(handler);
    if (known !== undefined) return known;
    const access = Reflect.getMetadata(ACCESS, handler) as Access | undefined;
    if (access === undefined) throw new Error(`${context.getClass().name}.${handler.name} carries neither @Needs nor @Public`);
    this.accessOf.set(handler, access);
    return access;
  }
}
