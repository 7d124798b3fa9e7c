import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import type { ReasonCodes } from '../reason-codes/reason-codes.js';
import type { AdjustmentProcess } from './adjustment-process.js';
import { AdjustmentsService } from './adjustments.service.js';

const nothing = (what: string) => () => Promise.reject(new Error(`${what} is asked again`));

describe('an adjustment that was taken', () => {
  it('is carried on and answered also where its own reason is gone by now', async () => {
    const lines = [{ sku: 'CUP', delta: -2 }];
    const state = { phase: 'applying', adjustmentId: 'adj_c', locationId: 'BER', reasonCode: 'fair', createdBy: 'ann', lines };
    const outcomes = [{ line: 1, quantityOnHand: 3, quantityAvailable: 3 }];
    const known = (more: object) => ({ record: { state: { ...state, ...more }, createdAt: 1, updatedAt: 1 }, revision: 1, position: 7n });
    const process = {
      read: () => Promise.resolve(known({})),
      run: () => Promise.resolve(known({ phase: 'applied', outcomes })),
    } as unknown as AdjustmentProcess;
    const service = new AdjustmentsService(
      process,
      { read: nothing('the SKU') } as unknown as SkuLedger,
      { find: nothing('the location') } as unknown as KnownLocations,
      { find: nothing('the reason') } as unknown as ReasonCodes,
    );
    const request = { locationId: 'BER', reasonCode: 'fair', reason: 'spring fair', sku: 'CUP', delta: -2 };
    const order = { tenant: 'demo', actor: 'ann', commandId: 'c', requestHash: 'h', at: 1 };
    expect(await service.create(request, order)).toMatchObject({ document: { id: 'adj_c', status: 'applied' }, position: 7n });
  });
});
