import type { Pool } from 'pg';
import { SaleWatch } from './sale-watch.js';

describe('telling SKUs what the catalogue says of their bins', () => {
  it('waits until the catalogue is as new as it was at the start, and then does at once what was due', async () => {
    let [isUpToDate, asked] = [false, 0];
    const query = () => Promise.resolve({ rows: [].slice((asked += 1)) });
    const watch = new SaleWatch({
      pool: { query } as unknown as Pool,
      ledger: { execute: () => Promise.reject(new Error('nothing to tell')) },
      now: () => 0,
      isUpToDate: () => isUpToDate,
      onFault: () => undefined,
    });
    const running = { aborted: false };
    await watch.run(running);
    expect(asked).toBe(0);
    isUpToDate = true;
    await watch.run(running);
    expect(asked).toBe(1);
  });
});
