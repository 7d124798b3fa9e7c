import type { InProcessTarget } from '@holdfast/gateway';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Lets the gateway forward requests to a service in this process without a second connection or a second parsing. */
export function inProcess(app: NestFastifyApplication): InProcessTarget {
  const fastify = app.getHttpAdapter().getInstance();
  return {
    kind: 'in-process',
    handle: (request, response) => {
      fastify.routing(request, response);
    },
  };
}
