import { allocated, committed, expired, limited, placed, received, released, reversed, type Units } from '../../../test/events.js';
import { checkInvariants, SkuAuditor, type SkuEvent } from '../../index.js';

const audited = (...events: readonly SkuEvent[]) => checkInvariants(events.map((event) => ({ event, at: 0 })));
const found = (...events: readonly SkuEvent[]) => audited(...events).map(({ rule, message }) => [rule, message]);

const stock = received('BER', 9);
const web = { channelId: 'web' };
const hold = (reservationId: string, quantity: number, fields: object = web): SkuEvent => placed(reservationId, { BER: quantity }, fields);
const all = (quantity: number): Units => ({ BER: quantity });

describe('the auditor of caps', () => {
  const capped = [stock, allocated('web', { cap: 3 })];
  const exceeded = ['cap_exceeded', 'web took more than its cap of 3'];

  it('counts what a channel holds and what it sold', () => {
    expect(found(...capped, hold('r1', 2), hold('r2', 1))).toEqual([]);
    expect(found(...capped, hold('r1', 2), hold('r2', 2))).toEqual([exceeded]);
    expect(found(...capped, hold('r1', 2), committed('r1', all(2)), hold('r2', 1))).toEqual([]);
    expect(found(...capped, hold('r1', 2), committed('r1', all(2)), hold('r2', 2))).toEqual([exceeded]);
  });

  it('counts no more what was let go or taken back', () => {
    expect(found(...capped, hold('r1', 2), released('r1', all(2)), hold('r2', 3))).toEqual([]);
    expect(found(...capped, hold('r1', 2), expired('r1', all(2)), hold('r2', 3))).toEqual([]);
    expect(found(...capped, hold('r1', 3), committed('r1', all(3)), reversed('r1', all(3)), hold('r2', 3))).toEqual([]);
    const partly = [hold('r1', 3), committed('r1', all(2), { openUnits: 1, commitId: 'one' }), reversed('r1', all(2), { commitId: 'one' })];
    expect(found(...capped, ...partly, hold('r2', 2))).toEqual([]);
    expect(found(...capped, ...partly, hold('r2', 3))).toEqual([exceeded]);
  });

  it('counts what the channel held before it had a cap, and forgets a cap that is gone', () => {
    expect(found(stock, hold('r1', 2), hold('r2', 4, { channelId: 'shop' }), allocated('web', { cap: 3 }), hold('r3', 1))).toEqual([]);
    expect(found(stock, hold('r1', 2), allocated('web', { cap: 3 }), hold('r2', 2))).toEqual([exceeded]);
    const gone: SkuEvent = { type: 'AllocationRemoved', commandId: 'gone', channelId: 'web' };
    expect(found(...capped, gone, hold('r1', 4))).toEqual([]);
  });

  it('keeps what was sold when the cap changes', () => {
    const sold = [...capped, hold('r1', 3), committed('r1', all(3))];
    expect(found(...sold, allocated('web', { cap: 5 }), hold('r2', 2))).toEqual([]);
    expect(found(...sold, allocated('web', { cap: 5 }), hold('r2', 3))).toEqual([['cap_exceeded', 'web took more than its cap of 5']]);
  });

  it('leaves channels without a cap, and whoever names none, alone', () => {
    expect(found(...capped, hold('r1', 5, { channelId: 'shop' }), hold('r2', 4, {}), committed('r2', all(4)))).toEqual([]);
    expect(found(stock, allocated('web'), hold('r1', 9))).toEqual([]);
  });
});

describe('the auditor of floors', () => {
  const kept = [stock, allocated('web', { floor: 4 })];

  it('finds who took what is kept for another', () => {
    expect(found(...kept, hold('r1', 5, {}))).toEqual([]);
    expect(found(...kept, hold('r1', 6, {}))).toEqual([['floor_taken', 'no channel left 3 of 4 protected units']]);
    expect(found(...kept, hold('r1', 6, { channelId: 'shop' }))).toEqual([['floor_taken', 'shop left 3 of 4 protected units']]);
    expect(found(...kept, hold('r1', 9))).toEqual([]);
  });

  it('keeps less where the channel has some or sold some, and adds up over channels', () => {
    expect(found(...kept, hold('r1', 3), hold('r2', 5, {}))).toEqual([]);
    expect(found(...kept, hold('r1', 3), committed('r1', all(3)), hold('r2', 5, {}))).toEqual([]);
    expect(found(...kept, allocated('shop', { floor: 3 }), hold('r2', 3, {}))).toEqual([
      ['floor_taken', 'no channel left 6 of 7 protected units'],
    ]);
    // What one channel has beyond its floor does not serve another's.
    expect(found(...kept, allocated('shop', { floor: 1 }), hold('r1', 3, { channelId: 'shop' }), hold('r2', 3, {}))).toEqual([
      ['floor_taken', 'no channel left 3 of 4 protected units'],
    ]);
  });

  it('counts the budget for overbooking as free, as far as it is left', () => {
    expect(found(...kept, limited({ overbookingUnits: 2 }), hold('r1', 7, {}))).toEqual([]);
    expect(found(...kept, limited({ overbookingUnits: 2 }), hold('r1', 8, {}))).toEqual([
      ['floor_taken', 'no channel left 3 of 4 protected units'],
    ]);
    const overbooked = [stock, limited({ overbookingUnits: 4 }), hold('r1', 10, {}), allocated('web', { floor: 3 })];
    expect(found(...overbooked, hold('r2', 1, { ...web, overbookedUnits: 1 }))).toEqual([]);
    expect(found(...overbooked, allocated('shop', { floor: 3 }), hold('r2', 1, { channelId: 'shop' }))).toEqual([
      ['floor_taken', 'shop left 2 of 3 protected units'],
    ]);
  });
});

describe('the auditor of holders', () => {
  it('compares what the state says with what the reservations add up to', () => {
    const auditor = new SkuAuditor();
    auditor.observe(stock, 0);
    auditor.observe(hold('r1', 2, { holderId: 'eve' }), 0);
    expect(auditor.audit()).toEqual([]);
    auditor.state.holders.set('eve', 1);
    const wrong = (name: string) => ({
      rule: 'holders_are_open_takes',
      message: `${name} has open what its reservations do not add up to`,
    });
    expect(auditor.audit()).toEqual([wrong('eve')]);
    auditor.state.holders.delete('eve');
    auditor.state.holders.set('bob', 1);
    expect(auditor.audit()).toEqual([wrong('eve'), wrong('bob')]);
  });
});
