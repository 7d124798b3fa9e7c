export { reservationService, startReservation } from './reservation.service.js';
export { systemSurroundings, type Surroundings } from './reservation.parts.js';
export type { CancelTimer, Timers } from './time/timers.js';
