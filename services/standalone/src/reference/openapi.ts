import { AtpProjectionModule } from '@holdfast/atp-projection';
import { ChannelConnectorModule } from '@holdfast/channel-connector';
import { documentOfAll, GatewayModule } from '@holdfast/gateway';
import { GraphqlModule } from '@holdfast/graphql';
import { IngestionModule } from '@holdfast/ingestion';
import { systemClock } from '@holdfast/kit';
import {
  createLogger,
  createMetrics,
  createServiceApp,
  HealthRegistry,
  loadConfig,
  MemoryIdempotencyStore,
  OpenApiDocument,
  ROUTED_SERVICES,
  type PerService,
} from '@holdfast/platform';
import { ReservationModule } from '@holdfast/reservation';
import { WorkflowModule } from '@holdfast/workflow';
import type { DynamicModule } from '@nestjs/common';

/** Controllers keep what they are given until they are called, which these never are. */
const nothing = <Parts>(): Parts => ({}) as Parts;

const MODULES: PerService<DynamicModule> = {
  ingestion: IngestionModule.of(nothing()),
  reservation: ReservationModule.of(nothing(), nothing(), nothing(), nothing(), nothing(), nothing()),
  'atp-projection': AtpProjectionModule.of(nothing()),
  'channel-connector': ChannelConnectorModule.of(nothing()),
  workflow: WorkflowModule.of(nothing()),
  graphql: GraphqlModule.of(nothing()),
};

async function documentOf(name: string, module: DynamicModule): Promise<Record<string, unknown>> {
  const config = loadConfig({ HOLDFAST_LOG_LEVEL: 'silent' });
  const app = await createServiceApp({
    name,
    module,
    config,
    logger: createLogger(config, name),
    metrics: createMetrics(),
    health: new HealthRegistry(),
    idempotency: new MemoryIdempotencyStore(),
    clock: systemClock,
    ownOpenApi: name === 'gateway',
  });
  try {
    return { ...app.get(OpenApiDocument).read() };
  } finally {
    await app.close();
  }
}

/** The OpenAPI document that a running Holdfast answers, made from the same modules without engines or ports. */
export async function openApiOfAll(): Promise<Readonly<Record<string, unknown>>> {
  const documents = [];
  for (const service of ROUTED_SERVICES) documents.push({ service, document: await documentOf(service, MODULES[service]) });
  documents.push({ service: 'gateway', document: await documentOf('gateway', GatewayModule.of(nothing())) });
  return documentOfAll(documents);
}

/** As `docs/reference/openapi.json` holds it. */
export const printed = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;
