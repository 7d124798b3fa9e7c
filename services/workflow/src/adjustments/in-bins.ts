import type { InBin } from '../put-away/bin-room.js';
import type { CreateAdjustmentRequest, RecordPositionsRequest } from './adjustment.dto.js';

/** Lines that bring units into a bin. */
export function addedToBins({ lines, ...top }: CreateAdjustmentRequest): readonly InBin[] {
  const asked = lines === undefined ? [{ ...top, path: '' }] : lines.map((line, index) => ({ ...line, path: `lines[${index}].` }));
  return asked.flatMap(({ sku, productMasterId, lotId, binId, delta = 0, path }) =>
    delta > 0 ? [{ field: `${path}binId`, sku: sku ?? productMasterId ?? '', lotId, binId, units: delta }] : [],
  );
}

/** Figures that were recorded of a bin. */
export const figuresOfBins = ({ lines, sku, productMasterId }: RecordPositionsRequest): readonly InBin[] =>
  lines.map(({ lotId, binId, quantity }, index) => ({
    field: `lines[${index}].binId`,
    sku: sku ?? productMasterId ?? '',
    lotId,
    binId,
    units: quantity,
  }));
