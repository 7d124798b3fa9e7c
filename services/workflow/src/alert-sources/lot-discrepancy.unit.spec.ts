import type { PoolClient } from 'pg';
import { MemoryEventStore } from '@holdfast/event-store';
import { keptLocationId } from '@holdfast/inventory';
import { openSkuLedger } from '@holdfast/ledger';
import { lotDiscrepancy } from './lot-discrepancy.js';

describe('lots that do not add up', () => {
  it('are not looked for where a channel keeps the units, which have no lots there', async () => {
    const ledger = await openSkuLedger({ eventStore: new MemoryEventStore() });
    const of = { tenant: 'demo', sku: 'HAM' };
    const at = Date.UTC(2026, 2, 2, 12);
    const positions = [{ lotId: 'L1', quantity: 10 }];
    const received = { locationId: 'BER', effectiveAt: at, quantity: 10, messageId: 'm', positions };
    await ledger.execute(of, { type: 'ReceiveStock', at, commandId: 'c-1', ...received });
    for (const locationId of ['HAM', keptLocationId('amazon')])
      await ledger.execute(of, {
        type: 'RecordStock',
        at,
        commandId: locationId,
        locationId,
        counted: 5,
        effectiveAt: at,
        reasonCode: 'count',
      });
    const begun: unknown[] = [];
    const query = (sql: string, values?: readonly unknown[]) => {
      if (sql.includes('INSERT INTO workflow.lot_residue')) begun.push(values?.[3]);
      return Promise.resolve({ rows: sql.includes('workflow.lot_sku') ? [of] : [] });
    };
    await lotDiscrepancy(ledger).troubles({ query } as unknown as PoolClient, at, { most: 10, isTold: () => false });
    expect(begun).toEqual([['HAM~HAM']]);
  });
});
