export { reservationService, startReservation } from './reservation.service.js';
export { ReservationModule } from './reservation.module.js';
export {
  postgresStorage,
  reservationParts,
  systemSurroundings,
  type ReservationParts,
  type ReservationStorage,
  type Surroundings,
} from './reservation.parts.js';
export type { OrderRequest, OrderWish } from './orders/environment.js';
export type { Answer } from './reservations/single-sku.js';
export type { Reservations } from './reservations/reservations.js';
export type { CheckpointStore } from './watch/checkpoint.js';
