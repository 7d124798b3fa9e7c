export { atpProjectionService } from './atp-projection.service.js';
