import type { Caller } from '@holdfast/platform';
import { CountsController } from './counts.controller.js';

const nothing = undefined as never;
const abc = { page: () => Promise.resolve('classes') } as never;
const controller = new CountsController(nothing, abc, nothing, nothing, nothing);
const who = (...permissions: readonly string[]): Caller => ({ tenant: 'demo', subject: 'ann', permissions });

describe('classes of SKUs, as people ask for them', () => {
  it('tell by the value of the stock only who may see what is on hand', async () => {
    const query = { locationId: 'BER', metric: 'stock_value' } as const;
    await expect(controller.classes(query, who('inventory.cyclecount'))).rejects.toMatchObject({ status: 403 });
    await expect(controller.classes(query, who('inventory.cyclecount', 'inventory.read'))).resolves.toBe('classes');
  });

  it('tell by use whoever counts', async () => {
    await expect(controller.classes({ locationId: 'BER' }, who('inventory.cyclecount'))).resolves.toBe('classes');
  });
});
