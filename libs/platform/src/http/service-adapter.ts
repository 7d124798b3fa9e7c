import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { RawServerDefault } from 'fastify';

/** Hands errors on as they came: Nest's own mapping would hide whether JSON was malformed or something else was wrong. */
export class ServiceAdapter extends FastifyAdapter<RawServerDefault> {
  override mapException(error: unknown): unknown {
    return error;
  }
}
