import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { ROUTED_SERVICES, urlVariable, type RoutedService, type ServiceName } from '@holdfast/platform';
import { startNode, unique } from '@holdfast/testing';
import type { Network } from './network/network.js';
import type { Node } from './network/nodes.js';
import type { Relays } from './relays/relays.js';

const FIRST_PORT = 3000;

/** A running service and where a process that is not cut off reaches it. */
export interface Service {
  readonly name: string;
  readonly url: string;
}

export interface Services {
  /** Of the gateway. */
  readonly url: string;
  readonly key: string;
  readonly services: readonly Service[];
  stop(): Promise<void>;
}

interface Surroundings {
  readonly network: Network;
  readonly relays: Relays;
  readonly folder: string;
  readonly engines: Readonly<Record<string, string>>;
}

interface Placed {
  readonly name: ServiceName;
  readonly node: Node;
  readonly port: number;
}

/** Every service beside the projection has a port of its own there. */
const PLACES: readonly Placed[] = [
  ...ROUTED_SERVICES.flatMap((name, index): readonly Placed[] => {
    const port = FIRST_PORT + 1 + index;
    if (name !== 'reservation') return [{ name, node: 'projection', port }];
    return (['reservation-1', 'reservation-2'] as const).map((node) => ({ name, node, port }));
  }),
  { name: 'gateway', node: 'gateway', port: FIRST_PORT },
];

/** Starts each service in the namespace of its node and a relay in front of it, the gateway last. */
export async function startServicesOn({ network, relays, folder, engines }: Surroundings): Promise<Services> {
  const key = unique('hf_key_of_the_partitions');
  const urlOf = ({ node, port }: Placed): string => `http://${network.addressOf(node)}:${String(port)}`;
  const urlsOf = (service: RoutedService): string => PLACES.flatMap((one) => (one.name === service ? [urlOf(one)] : [])).join();
  const env = {
    ...engines,
    ...Object.fromEntries(ROUTED_SERVICES.map((service) => [urlVariable(service), urlsOf(service)])),
    HOLDFAST_INTERNAL_SECRET: randomBytes(32).toString('hex'),
    HOLDFAST_SECRET_KEY: randomBytes(32).toString('hex'),
    HOLDFAST_API_KEY: key,
    HOLDFAST_SAMPLE: '0',
    HOLDFAST_RATE_PER_SECOND: '1000000',
    HOLDFAST_LOG_LEVEL: process.env['HOLDFAST_LOG_LEVEL'] ?? 'silent',
    HOLDFAST_DATA: join(folder, 'services'),
    HOST: '127.0.0.1',
  };
  const start = async ({ name, node, port }: Placed): ReturnType<typeof startNode> =>
    startNode({
      script: resolve('dist/programs', `${name}.js`),
      within: network.within(node),
      env: { ...env, PORT: String(port) },
      readyText: `${name} is ready`,
    });
  const portsOf = (node: Node): ReadonlyMap<number, number> =>
    new Map(PLACES.flatMap((one): [number, number][] => (one.node === node ? [[one.port, one.port]] : [])));
  const nodes = new Set(PLACES.map(({ node }) => node));
  await Promise.all([...nodes].map((node) => relays.start(node, portsOf(node))));
  const routed = await Promise.all(PLACES.filter(({ name }) => name !== 'gateway').map(start));
  const gateway = await Promise.all(PLACES.filter(({ name }) => name === 'gateway').map(start));
  const processes = [...routed, ...gateway];
  return {
    url: `http://${network.addressOf('gateway')}:${String(FIRST_PORT)}`,
    key,
    services: PLACES.map((place) => ({ name: `${place.name} on ${place.node}`, url: urlOf(place) })),
    async stop() {
      await Promise.all(processes.map((one) => one.stop().catch(() => one.kill('SIGKILL'))));
    },
  };
}
