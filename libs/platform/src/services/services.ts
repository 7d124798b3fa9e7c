/** Services that the gateway routes to. Every other list of them is made from this one, or compared with it by a spec. */
export const ROUTED_SERVICES = ['ingestion', 'reservation', 'atp-projection', 'channel-connector', 'workflow', 'graphql'] as const;

/** A service that the gateway routes to. */
export type RoutedService = (typeof ROUTED_SERVICES)[number];

/** A service of Holdfast. */
export type ServiceName = RoutedService | 'gateway';

/** Something for each service that the gateway routes to. */
export type PerService<Value> = Readonly<Record<RoutedService, Value>>;

export const perService = <Value>(make: (service: RoutedService) => Value): PerService<Value> =>
  Object.fromEntries(ROUTED_SERVICES.map((service) => [service, make(service)])) as PerService<Value>;

/** `channel-connector` answers where `CHANNEL_CONNECTOR_URL` says when it runs as its own process. */
export const urlVariable = (service: RoutedService): string => `${service.toUpperCase().replaceAll('-', '_')}_URL`;
