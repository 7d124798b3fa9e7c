import { remoteTargets, ServiceCalls, upstreamOf, type ServiceTarget } from '@holdfast/forwarding';
import { createServiceApp } from '@holdfast/platform';
import type { RunningService, Runtime, ServiceDefinition } from '@holdfast/runtime';
import { Engine } from './engine/engine.js';
import { GraphqlModule } from './graphql.module.js';
import { GraphqlAnswers } from './http/answers.js';
import { SubscriptionAnswers } from './subscriptions/subscription-answers.js';

const NAME = 'graphql';

/** The services whose routes it calls. */
const BEHIND = ['ingestion', 'reservation', 'atp-projection', 'channel-connector'] as const;

export type GraphqlTargets = Readonly<Record<(typeof BEHIND)[number], ServiceTarget>>;

export interface GraphqlOptions {
  readonly runtime: Pick<Runtime, 'config' | 'logger' | 'metrics' | 'health' | 'clock' | 'idempotency'>;
  readonly targets: GraphqlTargets;
}

/** `POST /graphql`: operations that call the REST routes of the services behind. It holds no stock and no tables. */
export async function createGraphql({ runtime, targets }: GraphqlOptions): Promise<RunningService> {
  const { config } = runtime;
  const logger = runtime.logger.child({ module: NAME });
  const { bodyLimitBytes, importLimitBytes } = config;
  const options = { secret: config.internalSecret?.reveal(), bodyLimitBytes, importLimitBytes, logger };
  const upstreams = BEHIND.map((service) => [service, upstreamOf(targets[service], { ...options, service })] as const);
  const engine = new Engine(config.graphqlIntrospection);
  const answers = new GraphqlAnswers(engine, logger);
  const subscriptions = new SubscriptionAnswers(engine, answers);
  const calls = new ServiceCalls(Object.fromEntries(upstreams));
  const app = await createServiceApp({ ...runtime, name: NAME, module: GraphqlModule.of({ calls, answers, subscriptions }) });
  return {
    app,
    async stop() {
      subscriptions.stop();
      await app.close();
      await Promise.all(upstreams.map(([, upstream]) => upstream.close()));
    },
  };
}

/** As its own process, before services that are processes too. */
export const graphqlService: ServiceDefinition = {
  name: NAME,
  start: (runtime) => createGraphql({ runtime, targets: remoteTargets(runtime.config, BEHIND) }),
};
