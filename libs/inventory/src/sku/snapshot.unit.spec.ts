import { evolveSku, skuSnapshot, type SkuEvent } from '../index.js';
import { commit } from '../../test/commands.js';
import {
  allocated,
  arrived,
  committed,
  described,
  issued,
  level,
  limited,
  moved,
  placed,
  received,
  released,
  returned,
  reversed,
  shipped,
} from '../../test/events.js';
import { fold } from '../../test/given.js';
import { throughSnapshot } from '../../test/through-snapshot.js';
import { hour, morning, noon } from '../../test/times.js';
import { decideSku } from './decide.js';

const history: readonly SkuEvent[] = [
  described({ name: 'Lantern' }),
  received('BER', 30, { connectionId: 'erp' }),
  placed('r1', { BER: 4 }),
  committed('r1', { BER: 4 }),
  level('BER', 26, noon, { presumedPostedUntil: noon, delta: 0 }),
  limited({ overbookingUnits: 2, holderUnits: 9 }),
  allocated('web', { cap: 30 }),
  placed('r2', { BER: 3 }, { channelId: 'web', holderId: 'ann' }),
  committed('r2', { BER: 1 }, { openUnits: 2 }),
  issued('BER', 1, { orderId: 'order of r2', unmatchedUnits: 1, effectiveAt: noon + hour, delta: -1 }),
  reversed('r1', { BER: 4 }, { restored: [] }),
  placed('r3', { BER: 1 }),
  released('r3', { BER: 1 }),
  moved('BER', 'HAM', 2),
  shipped('BER', 'HAM', 3, 'T1'),
  shipped('BER', 'HAM', 3, 'T2'),
  arrived('HAM', 3, 'first', 'T2'),
];

describe('a snapshot', () => {
  it('holds everything, as plain JSON', () => {
    const state = fold(history);
    for (const part of Object.values(state)) {
      if (typeof part === 'object' && part !== null && 'size' in part) expect(part.size).toBeGreaterThan(0);
    }
    expect(throughSnapshot(state)).toEqual(state);
  });

  it('keeps when the forgotten transfers ended, and is read without it where it was written before', () => {
    const ended = Array.from({ length: 130 }, (_, index) => returned('BER', 'HAM', 0, `T${String(index)}`));
    const state = fold([received('BER', 1), ...ended]);
    expect(state.transfersForgottenUntil).toBe(morning);
    expect(throughSnapshot(state)).toEqual(state);
    const earlier = (key: string, value: unknown): unknown => (['endedAt', 'transfersForgottenUntil'].includes(key) ? undefined : value);
    const read = skuSnapshot.read(JSON.parse(JSON.stringify(skuSnapshot.write(state), earlier)));
    expect([read.transfersForgottenUntil, read.endedTransfers.get('T129')]).toEqual([
      undefined,
      { outcome: 'returned', endedAt: 0, receiptIds: [] },
    ]);
  });

  it('sets a commit off against what was issued ahead of it, as the state itself does', () => {
    const ahead = { alreadyIssued: [{ locationId: 'BER', quantity: 1 }] };
    expect(decideSku(throughSnapshot(fold(history)), commit('r2', { commandId: 'rest' }))).toEqual({
      kind: 'accepted',
      events: [committed('r2', { BER: 2 }, { commitId: 'rest', ...ahead })],
    });
  });

  it('stays as it was while the state goes on, and the other way round', () => {
    const state = fold(history);
    const snapshot = skuSnapshot.write(state);
    const before = JSON.stringify(snapshot);
    const later = [
      committed('r2', { BER: 2 }, { commitId: 'rest' }),
      arrived('HAM', 1),
      received('BER', 1, { connectionId: 'erp', effectiveAt: noon + hour }),
    ];
    for (const event of later) evolveSku(state, event, noon);
    const read = skuSnapshot.read(snapshot);
    for (const event of later) evolveSku(read, event, noon);
    expect(JSON.stringify(snapshot)).toBe(before);
    expect(read).toEqual(state);
  });
});
