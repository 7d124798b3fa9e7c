export { ROLE_NAMES, ROLES, type Role } from './access/roles.js';
export { documentOfAll } from './documents/api-document.js';
export type { ServiceDocument } from './documents/merge.js';
export { GatewayModule } from './gateway.module.js';
export { createGateway, type Gateway, type GatewayOptions, type GatewayRuntime } from './gateway.js';
export { gatewayService } from './gateway.service.js';
export { ensureAdminKey, FIRST_TENANT } from './keys/admin-key.js';
export type { KeysService } from './keys/keys.service.js';
