import type { INestApplication, INestMicroservice } from '@nestjs/common';
import { BusServer, type BusServerOptions } from './bus-server.js';
import { HandlerFaults } from './handler-faults.js';

/**
 * Connects the handlers of an application to a bus. They run from `app.startAllMicroservices()` until `app.close()`, which waits for them.
 * Filters, guards and pipes made for HTTP do not apply to them.
 */
export function connectBus(app: INestApplication, options: BusServerOptions): INestMicroservice {
  const microservice = app.connectMicroservice({ strategy: new BusServer(options) }, { inheritAppConfig: false });
  return microservice.useGlobalFilters(new HandlerFaults());
}
