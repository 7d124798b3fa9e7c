import type { ConfigFault, HoldfastConfig, RoutedService } from '@holdfast/platform';
import { ConfigError, urlVariable } from '@holdfast/platform';
import type { HttpTarget } from './targets.js';

/** Services in processes of their own, by the configuration. @throws ConfigError that names every URL that is missing, and the secret */
export function remoteTargets<Name extends RoutedService>(
  config: HoldfastConfig,
  services: readonly Name[],
): Readonly<Record<Name, HttpTarget>> {
  const faults: ConfigFault[] = [];
  const targets = services.map((service) => {
    const urls = config.serviceUrls[service];
    if (urls === undefined) {
      faults.push({
        name: urlVariable(service),
        problem: 'must say where the service answers, each instance by a URL, parted by commas',
        example: `http://${service}:3000`,
      });
    }
    return [service, { kind: 'http', urls: urls ?? [] }] as const;
  });
  if (config.internalSecret === undefined)
    faults.push({
      name: 'HOLDFAST_INTERNAL_SECRET',
      problem: 'must be set, the same for every service',
      example: '<at least 32 random characters>',
    });
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.fromEntries(targets) as Readonly<Record<Name, HttpTarget>>;
}
