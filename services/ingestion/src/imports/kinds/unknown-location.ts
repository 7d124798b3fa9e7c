import type { LineFault } from '../import-kind.js';

export const unknownLocation = (locationId: string): LineFault => ({
  column: 'locationId',
  code: 'unknown_location',
  says: `there is no location ${locationId}; create it, or import locations first`,
});
