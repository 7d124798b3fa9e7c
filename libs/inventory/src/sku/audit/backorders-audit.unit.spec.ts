import { mayWait, tomorrow, waits } from '../../../test/back-orders.js';
import { adjusted, declared, expired, moved, placed, promoted, received, released, shipped } from '../../../test/events.js';
import { morning } from '../../../test/times.js';
import { SkuAuditor, type SkuEvent } from '../../index.js';

const audited = (...events: readonly SkuEvent[]) => {
  const auditor = new SkuAuditor();
  return { auditor, violations: events.flatMap((event) => auditor.observe(event, morning)) };
};
const found = (...events: readonly SkuEvent[]) => audited(...events).violations.map(({ rule, message }) => [rule, message]);

const brought = (reference: string, quantity: number, messageId = `some of ${reference}`): SkuEvent =>
  received('BER', quantity, { messageId, inbound: [{ reference, quantity }] });
const broughtMore = (reference: string, quantity: number, excess: number): SkuEvent =>
  received('BER', quantity + excess, { messageId: `more than ${reference}`, inbound: [{ reference, quantity, excess }] });
const cancelled = (reference: string): SkuEvent => ({ type: 'InboundCancelled', commandId: `cancel ${reference}`, reference });
const onlyHam = { locationIds: ['HAM'] };

describe('the auditor of deliveries', () => {
  it('finds one that nobody announced, or that was cancelled', () => {
    const unexpected = ['inbound_received', 'po-1 arrived and was not expected'];
    expect(found(declared('po-2', 5), brought('po-1', 2))).toEqual([unexpected]);
    expect(found(declared('po-1', 5), brought('po-1', 2))).toEqual([]);
    expect(found(declared('po-1', 5), cancelled('po-1'), brought('po-1', 2))).toEqual([unexpected]);
  });

  it('finds more of one than was announced, over all that came of it', () => {
    const tooMany = ['inbound_received', 'more of po-1 arrived than was expected'];
    expect(found(declared('po-1', 5), brought('po-1', 3), brought('po-1', 2, 'then'))).toEqual([]);
    expect(found(declared('po-1', 5), brought('po-1', 3), brought('po-1', 3, 'then'))).toEqual([tooMany]);
    expect(found(declared('po-1', 5), brought('po-1', 3), declared('po-1', 6), brought('po-1', 3, 'then'))).toEqual([]);
    expect(found(declared('po-1', 5), brought('po-1', 3), declared('po-1', 5), brought('po-1', 3, 'then'))).toEqual([tooMany]);
  });

  it('lets more come than was announced where that is told, also after less was announced than is here', () => {
    expect(found(declared('po-1', 5), broughtMore('po-1', 5, 2))).toEqual([]);
    expect(found(declared('po-1', 5), brought('po-1', 5), broughtMore('po-1', 0, 1))).toEqual([]);
    expect(found(declared('po-1', 8), brought('po-1', 5), declared('po-1', 4), broughtMore('po-1', 0, 1))).toEqual([]);
  });

  it('finds units told as more than a delivery of which some are to come', () => {
    const early = ['inbound_received', 'more than po-1 is told while some of it is to come'];
    expect(found(declared('po-1', 5), broughtMore('po-1', 4, 1))).toEqual([early]);
    expect(found(declared('po-1', 5), brought('po-1', 5), declared('po-1', 7), broughtMore('po-1', 1, 1))).toEqual([early]);
  });
});

describe('the auditor of those who wait', () => {
  const forNothing = (reservationId: string, units: number) => [
    'waiting_for_nothing',
    `${String(units)} units of ${reservationId} wait for what does not come or is promised`,
  ];

  it('finds who waits for more than is to come', () => {
    expect(found(declared('po-1', 2), waits('r1', 2))).toEqual([]);
    expect(found(declared('po-1', 2), waits('r1', 5))).toEqual([forNothing('r1', 3)]);
    expect(found(declared('po-1', 5), brought('po-1', 3), waits('r1', 3))).toEqual([forNothing('r1', 1)]);
    expect(found(declared('po-1', 5), brought('po-1', 5), declared('po-1', 3), declared('po-2', 2), waits('r1', 3))).toEqual([
      forNothing('r1', 1),
    ]);
  });

  it('finds who waits for what others were promised, unless they are gone', () => {
    const past = [declared('po-1', 5), waits('r1', 3)];
    expect(found(...past, waits('r2', 2))).toEqual([]);
    expect(found(...past, waits('r2', 3))).toEqual([forNothing('r2', 1)]);
    expect(found(...past, released('r1', {}), waits('r2', 5))).toEqual([]);
    expect(found(...past, expired('r1', {}), waits('r2', 5))).toEqual([]);
  });

  it('finds who waits for what comes to where it may not be served from', () => {
    const past = [declared('po-1', 5), declared('po-2', 2, { locationId: 'HAM' })];
    expect(found(...past, waits('r1', 2, onlyHam))).toEqual([]);
    expect(found(...past, waits('r1', 3, onlyHam))).toEqual([forNothing('r1', 1)]);
    expect(found(...past, waits('r1', 2, onlyHam), waits('r2', 5))).toEqual([]);
  });

  it('promises the soonest first', () => {
    const past = [declared('po-1', 2, { expectedAt: tomorrow + 1 }), declared('po-2', 2, { locationId: 'HAM' })];
    expect(found(...past, waits('r1', 2), waits('r2', 2, { locationIds: ['BER'] }))).toEqual([]);
    expect(found(...past, waits('r1', 2), waits('r2', 2, onlyHam))).toEqual([forNothing('r2', 2)]);
    expect(found(...[...past].reverse(), waits('r1', 2), waits('r2', 2, onlyHam))).toEqual([forNothing('r2', 2)]);
  });
});

describe('the audit of waiting reservations', () => {
  const stock = [received('BER', 9), received('HAM', 9), mayWait(), declared('po-1', 9), declared('po-2', 9, { locationId: 'HAM' })];
  const passed = (reservationId: string, locationId = 'BER') => [
    'line_passed',
    `units at ${locationId} went past ${reservationId}, which waits for them`,
  ];
  const notWaitedFor = (reservationId: string, units: number) => [
    'line_passed',
    `${reservationId} was given ${String(units)} units that it did not wait for`,
  ];

  it('finds who came later and took what the first could use', () => {
    expect(found(...stock, waits('r1', 2), placed('r2', { BER: 1 }))).toEqual([passed('r1')]);
    expect(found(...stock, waits('r1', 2, onlyHam), placed('r2', { BER: 1 }))).toEqual([]);
    expect(found(...stock, waits('r1', 2, onlyHam), placed('r2', { BER: 1, HAM: 1 }))).toEqual([passed('r1', 'HAM')]);
    expect(found(...stock, waits('r1', 2, onlyHam), waits('r2', 2), placed('r3', { BER: 1 }))).toEqual([passed('r2')]);
    expect(found(...stock, waits('r1', 2), released('r1', {}), placed('r2', { BER: 1 }))).toEqual([]);
    expect(found(...stock, waits('r1', 2), expired('r1', {}), placed('r2', { BER: 1 }))).toEqual([]);
  });

  it('finds what was moved away or sent off under the eyes of the first', () => {
    expect(found(...stock, waits('r1', 2), moved('BER', 'HAM', 1))).toEqual([passed('r1')]);
    expect(found(...stock, waits('r1', 2), shipped('BER', 'HAM', 1))).toEqual([passed('r1')]);
    expect(found(...stock, waits('r1', 2, onlyHam), moved('BER', 'HAM', 1), shipped('BER', 'HAM', 1))).toEqual([]);
  });

  it('finds who was served out of turn', () => {
    const both = [waits('r1', 2), waits('r2', 2)];
    expect(found(...stock, ...both, promoted('r2', { BER: 2 }))).toEqual([passed('r1')]);
    expect(found(...stock, ...both, promoted('r1', { BER: 2 }), promoted('r2', { BER: 2 }))).toEqual([]);
    expect(found(...stock, waits('r1', 2, onlyHam), waits('r2', 2), promoted('r2', { BER: 2 }))).toEqual([]);
  });

  it('finds who was served more than it waited for', () => {
    expect(found(...stock, placed('r1', { BER: 1 }), promoted('r1', { BER: 1 }))).toEqual([notWaitedFor('r1', 1)]);
    expect(found(...stock, waits('r1', 2), promoted('r1', { BER: 3 }, { waitingUnits: -1 }))).toEqual([notWaitedFor('r1', 3)]);
    expect(found(...stock, waits('r1', 2), promoted('r1', { BER: 1 }))).toEqual([notWaitedFor('r1', 1)]);
    const one = promoted('r1', { BER: 1 }, { waitingUnits: 1 });
    expect(found(...stock, waits('r1', 2), one, promoted('r1', { BER: 1 }))).toEqual([]);
    expect(found(...stock, waits('r1', 2), one, promoted('r1', { BER: 1 }), promoted('r1', { BER: 1 }))).toEqual([notWaitedFor('r1', 1)]);
  });

  it('finds who was served from where it may not be', () => {
    const stray = ['line_passed', 'r1 was served from where it must not be'];
    expect(found(...stock, waits('r1', 2, onlyHam), promoted('r1', { HAM: 2 }))).toEqual([]);
    expect(found(...stock, waits('r1', 2, onlyHam), promoted('r1', { HAM: 1, BER: 1 }))).toEqual([stray]);
  });
});

describe('the auditor of what the state says', () => {
  const broken = (message: string) => [{ rule: 'waiting_is_the_line', message }];
  const line = [mayWait(), declared('po-1', 9), waits('r1', 2), waits('r2', 3)];

  it('finds nothing where it names those who wait, in their order, with their units', () => {
    const { auditor } = audited(...line);
    expect(auditor.audit()).toEqual([]);
    auditor.observe(received('BER', 1), morning);
    auditor.observe(promoted('r1', { BER: 1 }, { waitingUnits: 1 }), morning);
    expect(auditor.audit()).toEqual([]);
  });

  it('finds a sum that is not theirs', () => {
    const { auditor } = audited(...line);
    if (auditor.state.supply !== undefined) auditor.state.supply.waitingUnits = 6;
    expect(auditor.audit()).toEqual(broken('r1 2, r2 3 (6 units) wait where the events leave r1 2, r2 3'));
  });

  it('finds another one at the end of the line', () => {
    const { auditor } = audited(...line);
    const first = auditor.state.supply?.waiters.get('r1');
    auditor.state.supply?.waiters.delete('r1');
    if (first !== undefined) auditor.state.supply?.waiters.set('r1', first);
    expect(auditor.audit()).toEqual(broken('r2 3, r1 2 (5 units) wait where the events leave r1 2, r2 3'));
  });

  it('finds that the state knows of nobody', () => {
    const { auditor } = audited(...line);
    auditor.state.supply = undefined;
    expect(auditor.audit()).toEqual(broken(' (undefined units) wait where the events leave r1 2, r2 3'));
  });
});

describe('the auditor, of a unit that another location owes', () => {
  // Nothing at HAM, where a count took away what had been sold: the unit at BER is owed, and nobody is passed by whoever brings it there.
  const owed = [received('HAM', 1), adjusted('HAM', -2), declared('po-1', 4), received('BER', 1), waits('r1', 2)];

  it('lets it be moved to where it is owed, past whoever waits', () => expect(found(...owed, moved('BER', 'HAM', 1))).toEqual([]));

  it('finds units moved away that are not owed', () =>
    expect(found(...owed, received('BER', 1, { messageId: 'one more' }), moved('BER', 'HAM', 1))).toEqual([
      ['line_passed', 'units at BER went past r1, which waits for them'],
    ]));
});
