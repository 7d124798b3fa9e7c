import type { INestApplication } from '@nestjs/common';
import { NestMicroservice } from '@nestjs/microservices';
import { BusServer, type BusServerOptions } from './bus-server.js';
import { HandlerFaults } from './handler-faults.js';

/**
 * Connects the handlers of an application to a bus. They run from `app.startAllMicroservices()` until `app.close()`, which waits for them.
 * Filters, guards and pipes made for HTTP do not apply to them.
 */
export function connectBus(app: INestApplication, options: BusServerOptions): void {
  // Deferred, since a filter added after the handlers are registered applies to none of them.
  const microservice = app.connectMicroservice(
    { strategy: new BusServer(options) },
    { inheritAppConfig: false, deferInitialization: true },
  );
  microservice.useGlobalFilters(new HandlerFaults());
  // The application runs the start-up hooks of what they share; a deferred microservice would run them a second time.
  if (microservice instanceof NestMicroservice) microservice.setIsInitHookCalled(true);
}
