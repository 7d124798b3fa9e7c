import type { Location, ReceivedPosition, SkuState } from '@holdfast/inventory';
import type { LotCalendar } from '@holdfast/ledger';
import type { RecordPositionsRequest } from './adjustment.dto.js';
import { saleOf } from '../bin-sale/sale-of.js';
import { fieldFault } from './subject.js';

/** Whether the request is about lots or bins, or covers a SKU that has some. */
export const namesPositions = ({ lines, complete }: RecordPositionsRequest, { detail }: SkuState): boolean =>
  lines.some(({ lotId, binId }) => lotId !== undefined || binId !== undefined) || (complete === true && detail?.lots !== undefined);

/** The positions of the lines, with the instants of their dates. @throws Problem 400 for a date without a lot */
export async function positionsOf(
  { lines, locationId, complete = false }: RecordPositionsRequest,
  {
    tenant,
    state,
    location,
    calendar,
  }: {
    readonly tenant: string;
    readonly state: SkuState;
    readonly location: Location | undefined;
    readonly calendar: LotCalendar;
  },
): Promise<readonly ReceivedPosition[]> {
  if (lines.length === 0 && !complete) throw fieldFault('lines', 'must have at least 1 entry, or none with complete');
  return Promise.all(
    lines.map(async ({ lotId, binId, expiryDate, quantity }, index) => {
      if (expiryDate !== undefined && lotId === undefined) throw fieldFault(`lines[${index}].expiryDate`, 'must be left out without a lot');
      return {
        quantity,
        ...(lotId === undefined ? {} : { lotId }),
        ...(binId === undefined ? {} : { binId }),
        ...saleOf(location, binId),
        ...(expiryDate === undefined ? {} : { expiryDate, expiresAt: await calendar.expiresAt(tenant, locationId, expiryDate, state) }),
      };
    }),
  );
}
