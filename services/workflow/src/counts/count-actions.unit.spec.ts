import type { CountedPosition, CountPhase } from '@holdfast/warehouse';
import { CountActions } from './count-actions.js';
import type { CountClaims } from './count-claims.js';
import { initialRecord, type CountRecord } from './count-record.js';
import type { Selection } from './planning/selection.js';
import type { CountSettingsTable } from './planning/settings.js';
import type { SkuCounts } from './sku-counts.js';

const ref = { tenant: 'demo', batchId: 'cc_1' };
const stamp = { at: 1_000, commandId: 'c1', by: 'ann' };
const book = { revision: 3, units: 10, reservedUnits: 0, unpickedUnits: 0 };

/** What is claimed when a line is added to a batch of this phase. */
async function claimedIn(phase: CountPhase): Promise<readonly CountedPosition[]> {
  const claimed: CountedPosition[] = [];
  const claim = (_ref: unknown, positions: readonly CountedPosition[]) => Promise.resolve(void claimed.push(...positions));
  const actions = new CountActions(
    { recordedAt: () => Promise.resolve(book) } as unknown as SkuCounts,
    {
      added: (_: string, __: string, sku: string) => Promise.resolve({ lineId: '1', sku, class: 'C', tolerancePct: 5 }),
    } as unknown as Selection,
    { claim } as unknown as CountClaims,
    { read: () => Promise.resolve({}) } as unknown as CountSettingsTable,
  );
  const fresh = initialRecord();
  const record: CountRecord = { ...fresh, state: { ...fresh.state, phase, batchId: 'cc_1', locationId: 'BER' } };
  await actions.commandOf(ref, record, { action: 'add_line', line: { sku: 'CUP', lotId: 'A', quantity: 5 } }, stamp);
  return claimed;
}

describe('adding a line to a batch of counts', () => {
  it.each(['open', 'counting'] as const)('claims its position while the batch is %s', async (phase) => {
    expect(await claimedIn(phase)).toMatchObject([{ sku: 'CUP', lotId: 'A' }]);
  });

  it.each(['review', 'resolved', 'cancelled'] as const)('claims nothing for a batch that refuses it, as it is %s', async (phase) => {
    expect(await claimedIn(phase)).toEqual([]);
  });
});
