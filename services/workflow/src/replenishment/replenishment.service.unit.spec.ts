import { Problem } from '@holdfast/platform';
import { ReplenishmentService, type ReplenishmentParts } from './replenishment.service.js';

const asked = { tenant: 'demo', actor: 'ann', commandId: 'c1', requestHash: 'hash', at: 0 };
const approve = { id: 'rep_1', action: 'approve' } as const;

/** The service with a list that knows no order. */
const serviceWith = (mustCatchUp: () => Promise<void>): ReplenishmentService =>
  new ReplenishmentService({
    table: { placeOf: () => Promise.resolve(undefined) },
    listed: { mustCatchUp },
  } as unknown as ReplenishmentParts);

describe('acting on an order that the list does not know', () => {
  it('is told that there is none once the list reflects all that is stored', async () => {
    const service = serviceWith(() => Promise.resolve());
    await expect(service.write(approve, asked)).rejects.toMatchObject({ status: 404, code: 'unknown_replenishment' });
  });

  it('is told to come again where the list is behind', async () => {
    const behind = new Problem(412, 'position_not_reached', 'This view does not reflect that position yet; try again');
    await expect(serviceWith(() => Promise.reject(behind)).write(approve, asked)).rejects.toBe(behind);
  });
});
