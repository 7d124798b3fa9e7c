import { runService } from '@holdfast/runtime';
import { reservationService } from './index.js';

await runService(reservationService);
