/** What has a network namespace of its own. The projection's holds the other services, too. */
export const NODES = ['gateway', 'reservation-1', 'reservation-2', 'projection', 'kafka', 'event-store', 'postgres'] as const;

export type Node = (typeof NODES)[number];

/** Two nodes that talk with each other. The first one connects. */
export interface Link {
  readonly from: Node;
  readonly to: Node;
}

const ENGINES: readonly Node[] = ['kafka', 'event-store', 'postgres'];
const SERVICES: readonly Node[] = ['reservation-1', 'reservation-2', 'projection'];

/** The links that carry traffic: the gateway asks services, and every process uses every engine. */
export const LINKS: readonly Link[] = [
  ...SERVICES.map((to): Link => ({ from: 'gateway', to })),
  ...(['gateway', ...SERVICES] as const).flatMap((from) => ENGINES.map((to): Link => ({ from, to }))),
];
