export { atpProjectionService } from './atp-projection.service.js';
export { AtpProjectionModule } from './atp-projection.module.js';
