import type { CloseTransfer } from '../src/index.js';
import { hour } from './times.js';

export const closeTransfer = (fields: Partial<CloseTransfer> = {}): CloseTransfer => ({
  type: 'CloseTransfer',
  at: 10 * hour,
  commandId: 'close T1',
  transferId: 'T1',
  reasonCode: 'lost',
  ...fields,
});
