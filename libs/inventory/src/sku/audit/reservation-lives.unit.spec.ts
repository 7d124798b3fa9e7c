import {
  adjusted,
  allocated,
  arrived,
  committed,
  declared,
  described,
  expired,
  extended,
  issued,
  level,
  limited,
  moved,
  placed,
  promoted,
  received,
  released,
  returned,
  reversed,
  shipped,
} from '../../../test/events.js';
import { evening, noon } from '../../../test/times.js';
import type { SkuEvent } from '../events.js';
import { ReservationLives } from './reservation-lives.js';

const broken = (...messages: readonly string[]) => messages.map((message) => ({ rule: 'one_terminal_state', message }));
const found = (...events: readonly SkuEvent[]) => {
  const lives = new ReservationLives();
  return events.flatMap((event) => lives.observe(event));
};
const three = placed('r1', { BER: 2, HAM: 1 });
const all = { BER: 2, HAM: 1 };
const part = committed('r1', { BER: 1 }, { openUnits: 2, commitId: 'part' });
const rest = committed('r1', { BER: 1, HAM: 1 });

describe('the life of a reservation', () => {
  it.each<[end: string, events: readonly SkuEvent[]]>([
    ['committed', [three, committed('r1', all)]],
    ['committed in parts', [three, part, extended('r1', evening), rest]],
    ['committed in part and released', [three, part, released('r1', { BER: 1, HAM: 1 })]],
    ['released', [three, extended('r1', evening), released('r1', all)]],
    ['expired', [three, expired('r1', all)]],
    ['committed after a wait', [placed('r1', {}), promoted('r1', { BER: 2 }), promoted('r1', { HAM: 1 }), committed('r1', all)]],
    ['given up while it waits', [placed('r1', {}), extended('r1', evening), released('r1', {})]],
    ['taken back', [three, committed('r1', all), reversed('r1', all)]],
    ['taken back in part, before its end', [three, part, reversed('r1', { BER: 1 }, { commitId: 'part' }), rest]],
  ])('is sound from its placement to its end: %s', (_, events) => expect(found(...events)).toEqual([]));

  it('begins once', () => expect(found(three, placed('r2', { BER: 1 }), placed('r1', { BER: 1 }))).toEqual(broken('r1 was placed twice')));

  it.each<[what: string, event: SkuEvent, message: string]>([
    ['served', promoted('r1', all), 'r1 was never placed'],
    ['committed', committed('r1', all), 'r1 was never placed'],
    ['released', released('r1', all), 'r1 was never placed'],
    ['expired', expired('r1', all), 'r1 was never placed'],
    ['extended', extended('r1', evening), 'r1 was extended after its end'],
    ['taken back', reversed('r1', all), 'r1 took back a commit that does not stand'],
  ])('does not begin by being %s', (_, event, message) => expect(found(placed('r2', all), event)).toEqual(broken(message)));

  it.each<[end: string, event: SkuEvent]>([
    ['a commit of all', committed('r1', all)],
    ['a release', released('r1', all)],
    ['its expiry', expired('r1', all)],
  ])('is over for good after %s', (_, end) => {
    expect(found(three, end, promoted('r1', { BER: 1 }))).toEqual(broken('r1 went on after its end'));
    expect(found(three, end, committed('r1', all, { commitId: 'late' }))).toEqual(broken('r1 went on after its end'));
    expect(found(three, end, released('r1', all))).toEqual(broken('r1 went on after its end'));
    expect(found(three, end, expired('r1', all))).toEqual(broken('r1 went on after its end'));
    expect(found(three, end, extended('r1', evening))).toEqual(broken('r1 was extended after its end'));
  });

  it('ends with nothing held', () => {
    const left = broken('r1 ended with units still held');
    expect(found(three, released('r1', { BER: 2 }))).toEqual(left);
    expect(found(three, expired('r1', { HAM: 1 }, noon))).toEqual(left);
    expect(found(three, committed('r1', { BER: 2 }))).toEqual(left);
    expect(found(three, part, released('r1', { BER: 1 }))).toEqual(left);
  });

  it('gives no more than it holds, at each location', () => {
    expect(found(three, committed('r1', { HAM: 2 }, { openUnits: 1 }))).toEqual(broken('r1 gave more at HAM than it held'));
    expect(found(three, committed('r1', { MUC: 1 }, { openUnits: 2 }))).toEqual(broken('r1 gave more at MUC than it held'));
    expect(found(three, released('r1', { BER: 3, HAM: 1 }))).toEqual(
      broken('r1 gave more at BER than it held', 'r1 ended with units still held'),
    );
  });
});

describe('a commit', () => {
  const sold = [three, committed('r1', all)];
  const twice = broken('r1 took back a commit that does not stand');

  it('is taken back once', () => {
    expect(found(...sold, reversed('r1', all))).toEqual([]);
    expect(found(...sold, reversed('r1', all), reversed('r1', all))).toEqual(twice);
  });

  it('is taken back by its own id and from its own reservation', () => {
    expect(found(...sold, reversed('r1', all, { commitId: 'another' }))).toEqual(twice);
    expect(found(...sold, placed('r2', all), reversed('r2', all, { commitId: 'commit of r1' }))).toEqual(
      broken('r2 took back a commit that does not stand'),
    );
    expect(found(three, part, rest, reversed('r1', { BER: 1 }, { commitId: 'part' }), reversed('r1', { BER: 1, HAM: 1 }))).toEqual([]);
  });
});

describe('what reservations hold at a location', () => {
  it('is what they took there and gave back to nobody yet', () => {
    const lives = new ReservationLives();
    const held = () => ['BER', 'HAM', 'MUC'].map((locationId) => lives.openUnits(locationId));
    const after = (event: SkuEvent) => {
      expect(lives.observe(event)).toEqual([]);
      return held();
    };
    expect(held()).toEqual([0, 0, 0]);
    expect(after(three)).toEqual([2, 1, 0]);
    expect(after(placed('r2', { BER: 3 }))).toEqual([5, 1, 0]);
    expect(after(promoted('r2', { MUC: 4 }))).toEqual([5, 1, 4]);
    expect(after(part)).toEqual([4, 1, 4]);
    expect(after(reversed('r1', { BER: 1 }, { commitId: 'part' }))).toEqual([4, 1, 4]);
    expect(after(released('r1', { BER: 1, HAM: 1 }))).toEqual([3, 0, 4]);
    expect(after(expired('r2', { BER: 3, MUC: 4 }))).toEqual([0, 0, 0]);
  });
});

describe('facts of stock, limits and supply', () => {
  const command = { commandId: 'c' };

  it.each<[type: SkuEvent['type'], event: SkuEvent]>(
    [
      described(),
      { type: 'SafetyStockSet', ...command, locationId: 'BER', quantity: 1 } as const,
      level('BER', 9, noon),
      { type: 'LevelRefused', locationId: 'BER', connectionId: 'erp', messageId: 'm', figure: 9, asOf: 1, lastAsOf: 2 } as const,
      received('BER', 9),
      issued('BER', 1),
      adjusted('BER', 1),
      moved('BER', 'HAM', 1),
      limited(),
      allocated('web'),
      { type: 'AllocationRemoved', ...command, channelId: 'web' } as const,
      declared('po-1', 9),
      { type: 'InboundCancelled', ...command, reference: 'po-1' } as const,
      shipped('BER', 'HAM', 1),
      arrived('HAM', 1),
      returned('BER', 'HAM', 1),
    ].map((event) => [event.type, event]),
  )('neither begin nor end a reservation: %s', (_, event) => expect(found(event, three, event, committed('r1', all), event)).toEqual([]));
});
