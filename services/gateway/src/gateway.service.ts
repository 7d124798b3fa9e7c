import { remoteTargets } from '@holdfast/forwarding';
import { ROUTED_SERVICES } from '@holdfast/platform';
import type { ServiceDefinition } from '@holdfast/runtime';
import { createGateway } from './gateway.js';
import { ensureAdminKey } from './keys/admin-key.js';

/** The gateway as its own process in front of services that are processes too. */
export const gatewayService: ServiceDefinition = {
  name: 'gateway',
  async start(runtime) {
    const gateway = await createGateway({ runtime, targets: remoteTargets(runtime.config, ROUTED_SERVICES) });
    const { apiKey, jwt } = runtime.config;
    if (apiKey !== undefined) await ensureAdminKey(gateway, runtime.config);
    else if (jwt.secret === undefined && jwt.jwksUrl === undefined)
      runtime.logger.warn('no HOLDFAST_API_KEY and no JWT secret or JWKS is set: only keys made earlier are accepted');
    return gateway;
  },
};
