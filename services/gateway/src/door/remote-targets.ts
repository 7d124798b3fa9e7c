import type { RoutedService } from '@holdfast/contracts';
import type { ConfigFault, HoldfastConfig } from '@holdfast/platform';
import { ConfigError, ROUTED_SERVICES } from '@holdfast/platform';
import type { GatewayTarget, GatewayTargets } from './targets.js';

/** Services in processes of their own, by the configuration. @throws ConfigError that names every URL that is missing, and the secret */
export function remoteTargets(config: HoldfastConfig): GatewayTargets {
  const faults: ConfigFault[] = [];
  const need = (service: RoutedService): GatewayTarget => {
    const urls = config.serviceUrls[service];
    if (urls === undefined) {
      const name = `${service.toUpperCase().replaceAll('-', '_')}_URL`;
      faults.push({
        name,
        problem: 'must say where the service answers, each instance by a URL, parted by commas',
        example: `http://${service}:3000`,
      });
    }
    return { kind: 'http', urls: urls ?? [] };
  };
  const [ingestion, reservation, projection, connector, workflow] = ROUTED_SERVICES;
  const targets = {
    [ingestion]: need(ingestion),
    [reservation]: need(reservation),
    [projection]: need(projection),
    [connector]: need(connector),
    [workflow]: need(workflow),
  };
  if (config.internalSecret === undefined)
    faults.push({
      name: 'HOLDFAST_INTERNAL_SECRET',
      problem: 'must be set, the same for every service',
      example: '<at least 32 random characters>',
    });
  if (faults.length > 0) throw new ConfigError(faults);
  return targets;
}
