import { committed, declared, expired, extended, placed, received, reduced, released, reversed } from '../../../test/events.js';
import { mayWait, waits } from '../../../test/back-orders.js';
import { commit, expire, extend, release } from '../../../test/commands.js';
import { at, fold, given } from '../../../test/given.js';
import { hour, minute, morning, noon } from '../../../test/times.js';

const held = [received('BER', 5), placed('r1', { BER: 3 })];

describe('releasing a reservation', () => {
  it('frees what is still held', () => {
    given(...held)
      .when(release('r1'))
      .then(released('r1', { BER: 3 }));
    given(...held, committed('r1', { BER: 1 }, { openUnits: 2 }))
      .when(release('r1'))
      .then(released('r1', { BER: 2 }));
  });

  it('changes nothing when it comes again, or where its commit was taken back', () => {
    given(...held, released('r1', { BER: 3 }))
      .when(release('r1'))
      .thenNothing();
    given(...held, committed('r1', { BER: 3 }), reversed('r1', { BER: 3 }))
      .when(release('r1'))
      .thenNothing();
  });

  it('is refused against another end, which it names', () => {
    given(...held, committed('r1', { BER: 3 }))
      .when(release('r1'))
      .thenRefused('reservation_committed', { state: 'committed' });
    given(...held, expired('r1', { BER: 3 }))
      .when(release('r1'))
      .thenRefused('reservation_expired', { state: 'expired' });
    given(...held)
      .when(release('r1', noon))
      .thenRefused('reservation_expired', { expiresAt: noon });
    given(...held)
      .when(release('r9'))
      .thenRefused('unknown_reservation');
  });
});

describe('releasing a part of a reservation', () => {
  const wide = [received('BER', 5), received('HAM', 5), placed('r1', { BER: 4, HAM: 2 })];
  const part = (quantity: number, commandId = 'release r1') => release('r1', morning, { quantity, commandId });

  it('frees what was taken last, and the rest stays held', () => {
    given(...wide)
      .when(part(4))
      .then(reduced('r1', { HAM: 2, BER: 2 }));
    const state = fold([...wide, reduced('r1', { HAM: 2, BER: 2 })]);
    expect(state.reservations.get('r1')).toMatchObject({ takes: [{ locationId: 'BER', quantity: 2 }], requested: 6 });
    expect([...state.balances.values()].map(({ reserved }) => reserved)).toEqual([2, 0]);
  });

  it('ends it where all is named, also after parts', () => {
    given(...wide)
      .when(part(6))
      .then(released('r1', { BER: 4, HAM: 2 }));
    given(...wide, committed('r1', { BER: 3 }, { openUnits: 3 }), reduced('r1', { HAM: 2 }))
      .when(part(1, 'rest'))
      .then(released('r1', { BER: 1 }));
  });

  it('lets what is left be committed, and ends then', () => {
    given(...wide, reduced('r1', { HAM: 2, BER: 2 }))
      .when(commit('r1'))
      .then(committed('r1', { BER: 2 }));
  });

  it('changes nothing when it comes again, whatever happened since', () => {
    given(...wide, reduced('r1', { HAM: 1 }))
      .when(part(1))
      .thenNothing();
    given(...wide, reduced('r1', { HAM: 1 }), committed('r1', { BER: 4, HAM: 1 }))
      .when(part(1))
      .thenNothing();
  });

  it('gives up what waits before what is held, and others are served first', () => {
    const waiting = [
      mayWait(),
      declared('D1', 9),
      received('BER', 2),
      waits('r1', 3, { takes: [{ locationId: 'BER', quantity: 2, because: 'priority 100' }] }),
    ];
    given(...waiting)
      .when(part(2))
      .then(reduced('r1', {}, { givenUpUnits: 2, waitingUnits: 1 }));
    given(...waiting)
      .when(part(4))
      .then(reduced('r1', { BER: 1 }, { givenUpUnits: 3 }));
  });

  it('is refused for more than is open, for no units, and against another end', () => {
    given(...wide)
      .when(part(7))
      .thenRefused('quantity_exceeds_open', { requested: 7, open: 6 });
    given(...wide)
      .when(part(0))
      .thenRefused('invalid_quantity');
    given(...wide, committed('r1', { BER: 4, HAM: 2 }))
      .when(part(1))
      .thenRefused('reservation_committed');
    given(...wide)
      .when({ ...part(1), at: noon })
      .thenRefused('reservation_expired');
  });

  it('comes in a limited number of parts, all of which are known again; what is left is no part', () => {
    const many = Array.from({ length: 999 }, (_, index) => reduced('r1', { BER: 1 }, { releaseId: `part ${String(index)}` }));
    const past = [received('BER', 5_000), placed('r1', { BER: 2_000 }), ...many];
    given(...past)
      .when(part(1))
      .thenRefused('too_many_parts', { most: 1_000 });
    given(...past)
      .when(commit('r1', { quantity: 1 }))
      .thenRefused('too_many_parts', { most: 1_000 });
    given(...past)
      .when(part(1, 'part 0'))
      .thenNothing();
    given(...past)
      .when(part(1_001))
      .then(released('r1', { BER: 1_001 }));
  });
});

describe('the expiry of a reservation', () => {
  it('ends an overdue hold and nothing else', () => {
    given(...held)
      .when(expire('r1', noon))
      .then(expired('r1', { BER: 3 }));
    given(...held)
      .when(expire('r1', noon - 1))
      .thenNothing();
    given(...held, committed('r1', { BER: 3 }))
      .when(expire('r1', noon))
      .thenNothing();
    given(...held)
      .when(expire('r9', noon))
      .thenRefused('unknown_reservation');
  });

  it('frees the rest of a hold committed in part', () => {
    given(...held, committed('r1', { BER: 1 }, { openUnits: 2 }))
      .when(expire('r1', noon))
      .then(expired('r1', { BER: 2 }));
  });
});

describe('extending a reservation', () => {
  it('lets it live until the time to live from now', () => {
    given(...held)
      .when(extend('r1', 3 * hour))
      .then(extended('r1', 13 * hour));
    given(...held, extended('r1', 13 * hour))
      .when(expire('r1', noon))
      .thenNothing();
  });

  it('takes effect once, however late the same command comes again', () => {
    const first = extend('r1', 3 * hour);
    given(...held, extended('r1', 13 * hour, first.commandId))
      .when({ ...first, at: first.at + hour })
      .thenNothing();
    given(...held, extended('r1', 13 * hour, first.commandId), extended('r1', 14 * hour, 'another'))
      .when({ ...first, at: first.at + 2 * hour })
      .thenNothing();
    given(...held, extended('r1', 13 * hour, 'another'))
      .when({ ...first, at: first.at + hour })
      .then(extended('r1', 14 * hour, first.commandId));
  });

  it('never shortens it', () => {
    given(...held)
      .when(extend('r1', minute))
      .thenNothing();
  });

  it('is refused once it has ended, or for too long', () => {
    given(...held)
      .when(extend('r1', hour, noon))
      .thenRefused('reservation_expired', { expiresAt: noon });
    given(...held, released('r1', { BER: 3 }))
      .when(extend('r1', hour))
      .thenRefused('reservation_released');
    given(...held)
      .when(extend('r9', hour))
      .thenRefused('unknown_reservation');
    given(...held)
      .when(extend('r1', 367 * 24 * hour))
      .thenRefused('invalid_quantity', { ttlMs: 367 * 24 * hour });
  });
});

describe('ended reservations', () => {
  const lives = (count: number, from: number, apartMs: number) =>
    Array.from({ length: count }, (_, index) => {
      const id = `r${String(index)}`;
      const when = from + index * apartMs;
      return [at(when, placed(id, { BER: 1 })), at(when, released(id, { BER: 1 }))];
    }).flat();

  it('are remembered for a while, and the latest always', () => {
    const slowly = fold([received('BER', 5), ...lives(200, morning, minute)]);
    expect([...slowly.ended.keys()].at(0)).toBe('r72');
    expect(slowly.ended.size).toBe(128);
  });

  it('are all remembered for two minutes, up to a limit', () => {
    expect(fold([received('BER', 5), ...lives(1_000, morning, 1)]).ended.size).toBe(1_000);
    expect(fold([received('BER', 5), ...lives(5_000, morning, 1)]).ended.size).toBe(1_024);
  });
});
