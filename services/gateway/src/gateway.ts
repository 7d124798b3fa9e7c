import { createServer } from 'node:http';
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
import { RateLimiter } from './access/rate-limiter.js';
import { Strangers } from './access/strangers.js';
import { ApiDocument } from './documents/api-document.js';
import { forwardRequests } from './forwarding/forward-requests.js';
import { RouteTable } from './forwarding/route-table.js';
import type { GatewayTargets } from './forwarding/targets.js';
import type { Upstream } from './forwarding/upstream.js';
import { upstreamOf } from './forwarding/target-upstream.js';
import { GatewayModule } from './gateway.module.js';
import { ApiKey } from './keys/api-key.entity.js';
import { ApiKeys } from './keys/api-keys.js';
import { CreateApiKeys1750000000000 } from './keys/api-keys.migration.js';
import { whatRuns } from './home/what-runs.js';
import { KeysService } from './keys/keys.service.js';

export interface Gateway extends RunningService {
  readonly keys: KeysService;
}

/** The gateway holds no stock: it needs neither event store nor bus. */
export type GatewayRuntime = Pick<Runtime, 'config' | 'logger' | 'metrics' | 'health' | 'clock' | 'database' | 'idempotency'>;

export interface GatewayOptions {
  readonly runtime: GatewayRuntime;
  readonly targets: GatewayTargets;
}

/** An idle connection is closed after this time. It is longer than the idle time of load balancers, so that they close first. */
const KEEP_ALIVE_MS = 72_000;

const SCHEMA = { name: 'gateway', entities: [ApiKey], migrations: [CreateApiKeys1750000000000] };

/** Builds the gateway, the only public HTTP server: it authenticates callers, limits them and forwards their requests unchanged. */
export async function createGateway({ runtime, targets }: GatewayOptions): Promise<Gateway> {
  const { clock, config, logger, metrics } = runtime;
  const source = await runtime.database.open(SCHEMA);
  const repository = source.getRepository(ApiKey);
  const now = (): number => clock.now();
  const lookups = new ApiKeys(repository, now);
  const keys = new KeysService(repository, lookups, clock);
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
    module: GatewayModule.of({ keys, document, whatRuns: whatRuns(config, upstreams) }),
    ownOpenApi: true,
    serverFactory: (own) => {
      const forward = forwardRequests({
        table,
        authenticator: new Authenticator(lookups, new JwtVerifier(config.jwt, now), strangers, now, config.operatorKey),
        strangers,
        limiter: new RateLimiter(config.ratePerSecond),
        upstreams,
        own,
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
    async stop() {
      await app.close();
      await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
    },
  };
}

/** Reads the readiness answer of a service in another process: whether it is degraded. */
const degradedIn = (ready: unknown): Degraded | void =>
  isRecord(ready) && ready['status'] === 'degraded' ? { degraded: 'works in part, see its own /health/ready' } : undefined;

function openUpstreams({ config, health, logger }: GatewayRuntime, targets: GatewayTargets): PerService<Upstream> {
  const options = { secret: config.internalSecret?.reveal(), bodyLimitBytes: config.bodyLimitBytes };
  const open = (service: RoutedService): Upstream => {
    const upstream = upstreamOf(targets[service], { ...options, service, logger });
    // The checks of a service in this process are already in the same registry.
    if (upstream.remote) health.register(service, async () => degradedIn(await upstream.read('/health/ready')));
    return upstream;
  };
  return perService(open);
}
