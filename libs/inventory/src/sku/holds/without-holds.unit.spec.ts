import { createHash } from 'node:crypto';
import { decideSku, evolveSku, initialSkuState, skuSnapshot, type SkuCommand } from '../../index.js';

const at = 36_000_000;
const commands: readonly object[] = [
  { type: 'ReceiveStock', locationId: 'BER', quantity: 9, effectiveAt: at, messageId: 'm1' },
  { type: 'ReportLevel', connectionId: 'erp', messageId: 'm2', locationId: 'HAM', figure: 5, asOf: at, postingLagMs: null },
  { type: 'SetSafetyStock', locationId: 'BER', quantity: 1 },
  { type: 'PlaceReservation', reservationId: 'r1', orderId: 'o1', quantity: 3, ttlMs: 9_000, requestHash: 'h', sources: [] },
  { type: 'CommitReservation', reservationId: 'r1', quantity: 2 },
  { type: 'MoveStock', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 2, reference: 'd1' },
  { type: 'ShipTransfer', transferId: 't1', startedAt: at, fromLocationId: 'HAM', toLocationId: 'BER', quantity: 2 },
  { type: 'ReceiveTransfer', transferId: 't1', quantity: 1, receiptId: 'c1' },
  { type: 'IssueStock', connectionId: 'erp', messageId: 'm3', locationId: 'BER', quantity: 2, effectiveAt: at, orderId: 'o1' },
  { type: 'AdjustStock', locationId: 'BER', delta: -1, effectiveAt: at + 50, reasonCode: 'damage' },
  { type: 'RecordStock', locationId: 'HAM', counted: 4, effectiveAt: at + 50, reasonCode: 'count' },
  { type: 'ReleaseReservation', reservationId: 'r1' },
];

const sha = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('a SKU without holds', () => {
  it('stores the same bytes as the version before holds: its events, and its snapshot', () => {
    const state = initialSkuState();
    const events = commands.flatMap((command, index) => {
      const decision = decideSku(state, { at: at + index, commandId: `c${String(index)}`, ...command } as SkuCommand);
      if (decision.kind === 'refused') throw new Error(decision.code);
      for (const event of decision.events) evolveSku(state, event, at + index);
      return decision.events;
    });
    expect(state.detail).toBeUndefined();
    expect(sha(events)).toBe('ef965953396ee65ff523b348b4d96cb656c22ccc7047e405715b60024124b56f');
    expect(sha(skuSnapshot.write(state))).toBe('ca6e9ab9fee3e9f60fbb069f6931318fbf60794977375bf802a6bd69a1abdb44');
  });
});
