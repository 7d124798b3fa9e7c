import type { InProcessTarget } from '@holdfast/forwarding';
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

/** A service that may still be starting; until it has started, calls of it fail. */
export function inProcessLater(find: () => InProcessTarget | undefined): InProcessTarget {
  return {
    kind: 'in-process',
    handle: (request, response) => {
      const target = find();
      if (target === undefined) throw new Error('the service that is called has not started yet');
      target.handle(request, response);
    },
  };
}
