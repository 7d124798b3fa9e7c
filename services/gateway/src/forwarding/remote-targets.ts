import type { ConfigFault, HoldfastConfig } from '@holdfast/platform';
import { ConfigError, perService, urlVariable } from '@holdfast/platform';
import type { GatewayTargets } from './targets.js';

/** Services in processes of their own, by the configuration. @throws ConfigError that names every URL that is missing, and the secret */
export function remoteTargets(config: HoldfastConfig): GatewayTargets {
  const faults: ConfigFault[] = [];
  const targets = perService((service) => {
    const urls = config.serviceUrls[service];
    if (urls === undefined) {
      faults.push({
        name: urlVariable(service),
        problem: 'must say where the service answers, each instance by a URL, parted by commas',
        example: `http://${service}:3000`,
      });
    }
    return { kind: 'http', urls: urls ?? [] } as const;
  });
  if (config.internalSecret === undefined)
    faults.push({
      name: 'HOLDFAST_INTERNAL_SECRET',
      problem: 'must be set, the same for every service',
      example: '<at least 32 random characters>',
    });
  if (faults.length > 0) throw new ConfigError(faults);
  return targets;
}
