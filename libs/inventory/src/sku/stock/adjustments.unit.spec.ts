import { adjusted, described, expired, placed, received } from '../../../test/events.js';
import { adjust, record } from '../../../test/commands.js';
import { given } from '../../../test/given.js';
import { noon } from '../../../test/times.js';

describe('adjusting stock', () => {
  it('adds and takes away with a reason', () => {
    given(described())
      .when(adjust('BER', 3, { reason: 'behind the shelf' }))
      .then(adjusted('BER', 3, { reason: 'behind the shelf' }));
    given(received('BER', 3)).when(adjust('BER', -3)).then(adjusted('BER', -3));
  });

  it('takes no promised units', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(adjust('BER', -3))
      .thenRefused('insufficient_stock', { requested: 3, available: 2, byLocation: [{ locationId: 'BER', available: 2 }] });
  });

  it('takes units of overdue holds, which end by that', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(adjust('BER', -3, { at: noon }))
      .then(expired('r1', { BER: 3 }), adjusted('BER', -3));
  });

  it('takes promised units where it states a fact', () => {
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(adjust('BER', -3, { mayUncoverPromises: true }))
      .then(adjusted('BER', -3));
  });

  it('changes nothing when the command comes again', () => {
    given(received('BER', 5), adjusted('BER', -3)).when(adjust('BER', -3)).thenNothing();
  });

  it('refuses an unknown SKU and a difference of nothing', () => {
    given().when(adjust('BER', 3)).thenRefused('unknown_sku');
    given(described()).when(adjust('BER', 0)).thenRefused('invalid_quantity');
    given(described()).when(adjust('BER', -0.5)).thenRefused('invalid_quantity');
  });
});

describe('recording a count', () => {
  const counted = (units: number, delta: number) => adjusted('BER', delta, { commandId: 'count', reasonCode: 'count', counted: units });

  it('sets on hand to it', () => {
    given(received('BER', 5)).when(record('BER', 3)).then(counted(3, -2));
  });

  it('makes an unknown SKU known, unverified', () => {
    given()
      .when(record('BER', 3))
      .then(described({ commandId: 'count', verified: false }), counted(3, 3));
  });

  it('is recorded too where it finds what was known', () => {
    given(received('BER', 5)).when(record('BER', 5)).then(counted(5, 0));
  });

  it('may leave promises uncovered', () => {
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(record('BER', 0))
      .then(counted(0, -5));
  });

  it('changes nothing when the command comes again', () => {
    given(received('BER', 5), counted(3, -2), adjusted('BER', 9)).when(record('BER', 3)).thenNothing();
  });

  it('refuses what nobody can count', () => {
    given().when(record('BER', -1)).thenRefused('invalid_quantity', { quantity: -1, least: 0 });
  });
});
