import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import { movementsOf } from './movement-of.js';

const recorded = {
  stream: STREAMS.stock.streamOf('acme', 'TENT'),
  revision: 4,
  position: 9n,
  metadata: { tenant: 'acme', at: 1_000 },
} as unknown as RecordedEvent;

const shown = (event: SkuEvent): unknown =>
  movementsOf(recorded, event).map(({ locationId, onHand, held, inTransit, reference, reasonCode }) => ({
    ...{ locationId, onHand, held, inTransit, reference, reasonCode },
  }));

const still = { onHand: 0, held: 0, inTransit: 0, reference: undefined, reasonCode: undefined };

describe('movements of an event', () => {
  it('are one a location, with what the event names', () =>
    expect(shown({ type: 'TransferShipped', transferId: 'tr_1', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 5 })).toEqual([
      { ...still, locationId: 'BER', onHand: -5, reference: 'tr_1' },
      { ...still, locationId: 'HAM', inTransit: 5, reference: 'tr_1' },
    ]));

  it('put the units that may not leave with those on hand', () =>
    expect(
      shown({
        ...{ type: 'StockAdjusted', locationId: 'BER', delta: -2, effectiveAt: 0, reasonCode: 'damage', commandId: 'c' },
        held: [{ locationId: 'BER', delta: -1 }],
      }),
    ).toEqual([{ ...still, locationId: 'BER', onHand: -2, held: -1, reasonCode: 'damage' }]));

  it('are none where a figure confirms what was known', () =>
    expect(
      shown({
        ...{
          type: 'LevelReported',
          locationId: 'BER',
          connectionId: 'erp',
          messageId: 'm',
          figure: 4,
          asOf: 0,
          unpostedUnits: 0,
          delta: 0,
        },
      }),
    ).toEqual([]));
});
