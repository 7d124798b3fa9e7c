import type { Clock } from '@holdfast/kit';
import type { DynamicModule, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyServerFactory, FastifyServerOptions } from 'fastify';
import { AccessGuard } from '../access/access.guard.js';
import type { HoldfastConfig } from '../config/config.js';
import type { IdempotencyStore } from '../idempotency/store.js';
import { parseQuery } from '../input/raw-plus.js';
import { ValidationPipe } from '../input/validation.pipe.js';
import type { HealthRegistry } from '../observing/health.js';
import type { Logger } from '../observing/logger.js';
import type { Metrics } from '../observing/metrics.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import { trackRoutes } from './allowed-methods.js';
import { addBodyParsers, limitBodies } from './body-parsers.js';
import { controllerRoutes } from './controller-routes.js';
import { nestLogger } from './nest-logger.js';
import { OpenApiDocument } from './openapi.js';
import { OpenApiController } from './openapi.controller.js';
import { OperationsController } from './operations.controller.js';
import { ServiceAdapter } from './service-adapter.js';
import { requireRouted } from '../services/check-routes.js';
import { answerParserError, answerUnservable } from '../problems/parser-errors.js';
import { answerProblem } from '../problems/problem-body.js';
import { toProblem } from '../problems/to-problem.js';
import { addRequestHooks, requestIdOf } from './request-hooks.js';
import { CLOCK, CONFIG, HEALTH, IDEMPOTENCY, LOGGER, METRICS } from './tokens.js';

export interface ServiceAppOptions {
  readonly name: string;
  readonly module: Type | DynamicModule;
  readonly logger: Logger;
  readonly config: HoldfastConfig;
  readonly metrics: Metrics;
  readonly health: HealthRegistry;
  readonly idempotency: IdempotencyStore;
  readonly clock: Clock;
  /** Makes the HTTP server around the application's handler, for one that looks at requests before it. */
  readonly serverFactory?: FastifyServerFactory;
  /** The module answers `/openapi.json` itself; default false. */
  readonly ownOpenApi?: boolean;
}

/** Longest path parameter: an item id of two ids, percent-encoded. */
const MAX_PARAM_LENGTH = 1024;
/** Time for running requests to end once the application is closed. */
const STOP_GRACE_MS = 3_000;

/** A path that cannot be decoded never reaches a route or its error handler. */
const answerUnroutable: NonNullable<FastifyServerOptions['frameworkErrors']> = (error, request, reply) => {
  reply.hijack();
  answerProblem(request.raw, reply.raw, toProblem(error), request.id);
};

/** Streams of server-sent events never end by themselves; those still open after the other answers are closed. */
function endOpenAnswers(instance: FastifyInstance): void {
  instance.addHook('preClose', (done) => {
    const timer = setTimeout(() => instance.server.closeAllConnections(), STOP_GRACE_MS);
    instance.server.once('close', () => clearTimeout(timer));
    timer.unref();
    done();
  });
}

@Module({})
class ServiceModule {}

function rootModule(options: ServiceAppOptions, document: OpenApiDocument): DynamicModule {
  const providers = [
    { provide: CONFIG, useValue: options.config },
    { provide: LOGGER, useValue: options.logger },
    { provide: METRICS, useValue: options.metrics },
    { provide: HEALTH, useValue: options.health },
    { provide: IDEMPOTENCY, useValue: options.idempotency },
    { provide: CLOCK, useValue: options.clock },
    { provide: OpenApiDocument, useValue: document },
  ];
  return {
    module: ServiceModule,
    global: true,
    imports: [options.module],
    controllers: options.ownOpenApi === true ? [OperationsController] : [OperationsController, OpenApiController],
    providers,
    exports: providers.map(({ provide }) => provide),
  };
}

/**
 * Makes the application of a service, initialised but not listening: validation, access, one error shape, request ids, access log,
 * metrics, health, idempotency and OpenAPI are in place. Close it with `app.close()`.
 * @throws Error where the routes of a service are not those that the gateway knows
 */
export async function createServiceApp(options: ServiceAppOptions): Promise<NestFastifyApplication> {
  const { config, metrics, name } = options;
  const logger = 'service' in options.logger.bindings() ? options.logger : options.logger.child({ service: name });
  const adapter = new ServiceAdapter({
    bodyLimit: config.bodyLimitBytes,
    genReqId: requestIdOf,
    requestIdHeader: false,
    logger: false,
    forceCloseConnections: 'idle',
    // The engines outlive the application, so what came in before the end is served, not turned away.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true, querystringParser: parseQuery },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerParserError,
    // No service uses Express-style middleware, so its hook need not run on every request.
    skipMiddie: true,
    ...(options.serverFactory === undefined ? {} : { serverFactory: options.serverFactory }),
  });
  const instance = adapter.getInstance();
  answerUnservable(instance.server);
  const allowedMethods = trackRoutes(instance);
  addRequestHooks(instance, name, logger, metrics);
  limitBodies(instance, config);
  addBodyParsers(instance);
  endOpenAnswers(instance);

  const document = new OpenApiDocument(name);
  const app = await NestFactory.create<NestFastifyApplication>(rootModule(options, document), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger, allowedMethods));
  app.useGlobalGuards(new AccessGuard(config.internalSecret));
  document.describe(app);
  await app.init();
  requireRouted(name, controllerRoutes(app));
  await instance.ready();
  return app;
}
