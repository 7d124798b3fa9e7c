import { createServer } from 'node:http';
import { RouteTable, upstreamOf, type ServiceTargets, type Upstream } from '@holdfast/forwarding';
import {
  controllerRoutes,
  createServiceApp,
  isRecord,
  OpenApiDocument,
  perService,
  type Degraded,
  type PerService,
  type RoutedService,
} from '@holdfast/platform';
import type { RunningService, Runtime } from '@holdfast/runtime';
import { Authenticator } from './access/authenticator.js';
import { JwtVerifier } from './access/jwt-verifier.js';
import { Operator } from './access/operator.js';
import { RateLimiter } from './access/rate-limiter.js';
import { Strangers } from './access/strangers.js';
import { Console } from './console/console.js';
import { ApiDocument } from './documents/api-document.js';
import { forwardRequests } from './forwarding/forward-requests.js';
import { GatewayModule } from './gateway.module.js';
import { ApiKey } from './keys/api-key.entity.js';
import { ApiKeys } from './keys/api-keys.js';
import { CreateApiKeys1750000000000 } from './keys/api-keys.migration.js';
import { KeyPerson1764000000001 } from './keys/key-person.migration.js';
import { hashOf } from './keys/api-keys.js';
import { KeysService } from './keys/keys.service.js';
import { whatRuns } from './home/what-runs.js';
import { Session } from './sessions/session.entity.js';
import { Sessions } from './sessions/sessions.js';
import { CreateSessions1764000000000 } from './sessions/sessions.migration.js';
import { SignIns } from './sessions/sign-in.js';
import { SignInCodes } from './sessions/sign-in-codes.js';

export interface Gateway extends RunningService {
  readonly keys: KeysService;
  /** A one-time code that opens a session of the console, within two minutes, with the rights of the key. */
  signInCode(key: string): string;
}

/** The gateway holds no stock: it needs neither event store nor bus. */
export type GatewayRuntime = Pick<Runtime, 'config' | 'logger' | 'metrics' | 'health' | 'clock' | 'database' | 'idempotency'>;

export interface GatewayOptions {
  readonly runtime: GatewayRuntime;
  readonly targets: ServiceTargets;
  /** How often the credential of an answer that goes on is checked again; every 5 s unless given. */
  readonly recheckMs?: number;
}

/** An idle connection is closed after this time. It is longer than the idle time of load balancers, so that they close first. */
const KEEP_ALIVE_MS = 72_000;

const SCHEMA = {
  name: 'gateway',
  entities: [ApiKey, Session],
  migrations: [CreateApiKeys1750000000000, CreateSessions1764000000000, KeyPerson1764000000001],
};

/** Builds the gateway, the only public HTTP server: it authenticates callers, limits them and forwards their requests unchanged. */
export async function createGateway({ runtime, targets, recheckMs }: GatewayOptions): Promise<Gateway> {
  const { clock, config, logger, metrics } = runtime;
  const source = await runtime.database.open(SCHEMA);
  const repository = source.getRepository(ApiKey);
  const now = (): number => clock.now();
  const lookups = new ApiKeys(repository, now);
  const keys = new KeysService(repository, lookups, clock);
  const operator = new Operator(config.operatorKey);
  const sessions = new Sessions(source.getRepository(Session), lookups, operator, logger, now);
  const jwt = new JwtVerifier(config.jwt, now);
  const codes = new SignInCodes(now);
  const signIns = new SignIns({ sessions, codes, keys: lookups, operator, jwt, overHttp: config.consoleOverHttp });
  const console = config.console ? Console.open() : undefined;
  const upstreams = openUpstreams(runtime, targets);
  const document = new ApiDocument(
    upstreams,
    () => app.get(OpenApiDocument).read(),
    logger,
    () => performance.now(),
  );

  const table = new RouteTable();
  const strangers = new Strangers(config.unknownRatePerSecond);
  const app = await createServiceApp({
    ...runtime,
    name: 'gateway',
    module: GatewayModule.of({ keys, sessions, signIns, document, whatRuns: whatRuns(config, upstreams) }),
    ownOpenApi: true,
    serverFactory: (own) => {
      const forward = forwardRequests({
        table,
        authenticator: new Authenticator(lookups, jwt, sessions, strangers, operator, now),
        strangers,
        limiter: new RateLimiter(config.ratePerSecond),
        upstreams,
        own,
        serveConsole: (request, response) => console?.serve(request, response) ?? false,
        recheckMs,
        logger,
        metrics,
      });
      // The forwarding handler refuses a missing Host, so that the refusal has the common error shape.
      return createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false }, forward);
    },
  });
  table.addOwn(controllerRoutes(app));
  return {
    app,
    keys,
    signInCode: (key) => codes.make(hashOf(key)),
    async stop() {
      await app.close();
      await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
    },
  };
}

/** Reads the readiness answer of a service in another process: whether it is degraded. */
const degradedIn = (ready: unknown): Degraded | void =>
  isRecord(ready) && ready['status'] === 'degraded' ? { degraded: 'works in part, see its own /health/ready' } : undefined;

function openUpstreams({ config, health, logger }: GatewayRuntime, targets: ServiceTargets): PerService<Upstream> {
  const { bodyLimitBytes, importLimitBytes } = config;
  const options = { secret: config.internalSecret?.reveal(), bodyLimitBytes, importLimitBytes };
  const open = (service: RoutedService): Upstream => {
    const upstream = upstreamOf(targets[service], { ...options, service, logger });
    // The checks of a service in this process are already in the same registry.
    if (upstream.remote) health.register(service, async () => degradedIn(await upstream.read('/health/ready')));
    return upstream;
  };
  return perService(open);
}
