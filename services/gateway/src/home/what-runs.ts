import type { Upstream } from '@holdfast/forwarding';
import type { HoldfastConfig, PerService } from '@holdfast/platform';

/** What `/` tells without credentials: no address, no version of an engine, no tenant. */
export interface WhatRuns {
  readonly services: readonly { readonly name: string; readonly runs: 'in this process' | 'in its own process' }[];
  readonly engines: readonly { readonly what: string; readonly name: string }[];
}

export function whatRuns(config: HoldfastConfig, upstreams: PerService<Pick<Upstream, 'remote'>>): WhatRuns {
  const database = config.databaseUrl === undefined ? 'Postgres, embedded' : 'Postgres';
  return {
    services: [
      { name: 'gateway', runs: 'in this process' },
      ...Object.entries(upstreams).map(([name, { remote }]) => ({ name, runs: runs(remote) })),
    ],
    engines: [
      { what: 'event store', name: config.eventStoreDbUrl === undefined ? database : 'EventStoreDB' },
      { what: 'message bus', name: config.kafkaBrokers === undefined ? database : 'Kafka' },
      { what: 'read models', name: database },
    ],
  };
}

const runs = (remote: boolean): 'in this process' | 'in its own process' => (remote ? 'in its own process' : 'in this process');
