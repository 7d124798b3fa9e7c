export { ROLE_NAMES, ROLES, type Role } from './access/roles.js';
export type { GatewayTarget, GatewayTargets, HttpTarget, InProcessTarget } from './forwarding/targets.js';
export { createGateway, type Gateway, type GatewayOptions, type GatewayRuntime } from './gateway.js';
export { gatewayService } from './gateway.service.js';
export { ensureAdminKey, FIRST_TENANT } from './keys/admin-key.js';
export type { KeysService } from './keys/keys.service.js';
