import { cancelInbound, declareInbound } from '../../../test/commands.js';
import { declared, described, received } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { decideSku, skuLimits, type SkuCommand, type SkuEvent } from '../../index.js';

const full = Array.from({ length: skuLimits.MAX_INBOUND_PER_SKU }, (_, index) => declared(`po-${String(index)}`, 1));
// Of so many, the invariants are looked at elsewhere: that takes too long for an example.
const decided = (past: readonly SkuEvent[], command: SkuCommand) => decideSku(fold(past), command);

describe('a SKU that expects as many deliveries as it may', () => {
  it('expects no other one until one of them is here', () => {
    const refused = { kind: 'refused', code: 'too_many_inbound', details: { most: skuLimits.MAX_INBOUND_PER_SKU } };
    expect(decided(full, declareInbound('another', 5))).toEqual(refused);
    const announced = { kind: 'accepted', events: [declared('another', 5, { commandId: 'declare another' })] };
    expect(decided(full.slice(1), declareInbound('another', 5))).toStrictEqual(announced);
    const here = received('BER', 1, { inbound: [{ reference: 'po-7', quantity: 1 }] });
    expect(decided([...full, here], declareInbound('another', 5))).toStrictEqual(announced);
  });

  it('may still be told something new of any of them', () => {
    const events = [declared('po-7', 9, { commandId: 'declare po-7' })];
    expect(decided(full, declareInbound('po-7', 9))).toStrictEqual({ kind: 'accepted', events });
  });
});

describe('a delivery', () => {
  it('may be expected at any time that there is', () => {
    given(described())
      .when(declareInbound('po-1', 5, { expectedAt: 0 }))
      .then(declared('po-1', 5, { commandId: 'declare po-1', expectedAt: 0 }));
    for (const expectedAt of [-1, 0.5, Number.NaN]) {
      given(described())
        .when(declareInbound('po-1', 5, { expectedAt }))
        .thenRefused('invalid_quantity', { expectedAt, least: 0 });
    }
  });

  it('goes to no location more than a SKU may have', () => {
    const most = skuLimits.MAX_LOCATIONS_PER_SKU;
    const everywhere = Array.from({ length: most }, (_, index) => received(`L${String(index)}`, 1));
    const refused = { kind: 'refused', code: 'too_many_locations', details: { most } };
    expect(decided(everywhere, declareInbound('po-1', 5))).toEqual(refused);
    const events = [declared('po-1', 5, { commandId: 'declare po-1', locationId: 'L7' })];
    expect(decided(everywhere, declareInbound('po-1', 5, { locationId: 'L7' }))).toStrictEqual({ kind: 'accepted', events });
  });

  it('is taken back by its own name only', () => {
    given(described(), declared('po-1', 5)).when(cancelInbound('po-2')).thenRefused('unknown_inbound', { reference: 'po-2' });
  });

  it('that was taken back and announced anew is not taken back by the same message again', () => {
    const { commandId, reference } = cancelInbound('po-1');
    given(described(), declared('po-1', 5), { type: 'InboundCancelled', commandId, reference }, declared('po-1', 5, { commandId: 'anew' }))
      .when(cancelInbound('po-1'))
      .thenNothing();
  });
});
