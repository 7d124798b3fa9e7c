import {
  decideOrder,
  evolveOrder,
  initialOrderState,
  isOrderTerminal,
  orderDeadline,
  type OrderCommand,
  type OrderEvent,
  type OrderRefusalCode,
  type OrderState,
} from '../index.js';
import { hour, minute, morning, noon } from '../../test/times.js';

const fold = (events: readonly OrderEvent[]): OrderState =>
  events.reduce((state, event) => evolveOrder(state, event, morning), initialOrderState());

const given = (...past: readonly OrderEvent[]) => ({
  when: (command: OrderCommand) => {
    const decision = decideOrder(fold(past), command);
    return {
      then: (...events: readonly OrderEvent[]): void => {
        expect(decision).toEqual({ kind: 'accepted', events });
      },
      thenNothing: (): void => {
        expect(decision).toEqual({ kind: 'accepted', events: [] });
      },
      thenRefused: (code: OrderRefusalCode, details: object = {}): void => {
        expect(decision).toMatchObject({ kind: 'refused', code, details });
      },
    };
  },
});

const envelope = { at: morning + minute, commandId: 'c1' };
const order = {
  reservationId: 'ro_1',
  orderId: 'O-1',
  lines: [
    { sku: 'CUP', quantity: 2 },
    { sku: 'POT', quantity: 1 },
  ],
  ttlMs: 4 * hour,
  requestHash: 'hash',
};
const startOrder = { type: 'StartOrder', ...envelope, at: morning, ...order } as const;
const started: OrderEvent = { type: 'OrderStarted', ...order, partial: false, expiresAt: noon };
const takes = (quantity: number) => [{ locationId: 'BER', quantity, because: 'priority 100' }];
const heldLines = [
  { sku: 'CUP', requested: 2, takes: takes(2) },
  { sku: 'POT', requested: 1, takes: takes(1) },
];
const held: OrderEvent = { type: 'OrderHeld', lines: heldLines, expiresAt: noon };
const shortLines = [{ sku: 'POT', requested: 1, available: 0 }];
const refused: OrderEvent = { type: 'OrderRefused', lines: shortLines };
const all = [
  { sku: 'CUP', quantity: 2 },
  { sku: 'POT', quantity: 1 },
];
const commitStarted: OrderEvent = { type: 'OrderCommitStarted', commitId: 'c1', at: envelope.at, lines: all };
const plain = (quantity: number) => [{ locationId: 'BER', quantity }];
const committedLines = [
  { sku: 'CUP', takes: plain(2) },
  { sku: 'POT', takes: plain(1) },
];
const committed: OrderEvent = { type: 'OrderCommitted', commitId: 'c1', lines: committedLines, openUnits: 0 };
const commitFailed: OrderEvent = { type: 'OrderCommitFailed', commitId: 'c1', skus: ['POT'] };
const releaseStarted: OrderEvent = { type: 'OrderReleaseStarted' };
const released: OrderEvent = { type: 'OrderReleased' };
const reducing: OrderEvent = { type: 'OrderReductionStarted', reductionId: 'c1', lines: [{ sku: 'CUP', quantity: 1 }] };
const reduced: OrderEvent = { type: 'OrderReduced', reductionId: 'c1' };
const expiryStarted: OrderEvent = { type: 'OrderExpiryStarted' };
const expired: OrderEvent = { type: 'OrderExpired' };

const startCommit = { type: 'StartOrderCommit', ...envelope } as const;
const completeCommit = { type: 'CompleteOrderCommit', ...envelope, commitId: 'c1', lines: committedLines } as const;
const failCommit = { type: 'FailOrderCommit', ...envelope, commitId: 'c1', skus: ['POT'] } as const;
const startRelease = { type: 'StartOrderRelease', ...envelope } as const;
const completeRelease = { type: 'CompleteOrderRelease', ...envelope } as const;
const startReduction = { type: 'StartOrderReduction', ...envelope, lines: [{ sku: 'CUP', quantity: 1 }] } as const;
const completeReduction = { type: 'CompleteOrderReduction', ...envelope, reductionId: 'c1' } as const;
const startExpiry = { type: 'StartOrderExpiry', ...envelope, at: noon } as const;
const completeExpiry = { type: 'CompleteOrderExpiry', ...envelope, at: noon } as const;
const hold = { type: 'HoldOrder', ...envelope, lines: heldLines } as const;
const refuseIt = { type: 'RefuseOrder', ...envelope, lines: shortLines } as const;
const extend = { type: 'ExtendOrder', ...envelope, expiresAt: noon + hour } as const;

describe('letting a part of an order go', () => {
  it('is decided first, then done, each once', () => {
    given(started, held).when(startReduction).then(reducing);
    given(started, held, reducing).when(startReduction).thenNothing();
    given(started, held, reducing).when(completeReduction).then(reduced);
    given(started, held, reducing, reduced).when(completeReduction).thenNothing();
    given(started, held, reducing, reduced).when(startReduction).thenNothing();
  });

  it('leaves the rest held', () => {
    const state = fold([started, held, reducing, reduced]);
    expect(state).toMatchObject({
      phase: 'held',
      lines: [
        { heldUnits: 1, releasedUnits: 1 },
        { heldUnits: 1, releasedUnits: 0 },
      ],
    });
    expect(state).not.toHaveProperty('reduction');
  });

  it('is a release where all is named', () => {
    given(started, held)
      .when({ ...startReduction, lines: all })
      .then(releaseStarted);
  });

  it('is refused for what is not held, for a SKU twice, and where the phase stands against it', () => {
    given(started, held)
      .when({ ...startReduction, lines: [{ sku: 'CUP', quantity: 3 }] })
      .thenRefused('quantity_exceeds_open', { sku: 'CUP', requested: 3, open: 2 });
    given(started, held)
      .when({ ...startReduction, lines: [...startReduction.lines, ...startReduction.lines] })
      .thenRefused('invalid_lines');
    given(started, held, commitStarted, committed).when(startReduction).thenRefused('reservation_committed');
    given(started, held)
      .when({ ...startReduction, at: noon })
      .thenRefused('reservation_expired');
    given(started, held, reducing).when(startRelease).thenRefused('reservation_releasing');
    given(started, held, reducing).when(completeRelease).thenRefused('reservation_releasing');
    given(started, held, releaseStarted).when(completeReduction).thenRefused('reservation_releasing');
  });

  it('comes in a limited number of parts; what is left is no part', () => {
    const wide: OrderEvent = { ...held, lines: [{ sku: 'CUP', requested: 2_000, takes: takes(2_000) }] };
    const parts = Array.from({ length: 999 }, (_, index): OrderEvent[] => {
      const reductionId = `part ${String(index)}`;
      return [
        { ...reducing, reductionId },
        { ...reduced, reductionId },
      ];
    }).flat();
    given(started, wide, ...parts)
      .when(startReduction)
      .thenRefused('too_many_parts', { most: 1_000 });
    given(started, wide, ...parts)
      .when({ ...startCommit, lines: startReduction.lines })
      .thenRefused('too_many_parts', { most: 1_000 });
    given(started, wide, ...parts)
      .when({ ...startReduction, lines: [{ sku: 'CUP', quantity: 1_001 }] })
      .then(releaseStarted);
  });
});

describe('starting an order', () => {
  it('notes what is wanted and until when', () => {
    given().when(startOrder).then(started);
  });

  it('changes nothing when it comes again, whatever became of it', () => {
    given(started).when(startOrder).thenNothing();
    given(started, refused).when(startOrder).thenNothing();
  });

  it('is refused with another request', () => {
    given(started)
      .when({ ...startOrder, requestHash: 'other' })
      .thenRefused('idempotency_mismatch');
  });

  it('is refused without lines, with too many, with a SKU twice, or with no units', () => {
    given()
      .when({ ...startOrder, lines: [] })
      .thenRefused('invalid_lines', { lines: 0 });
    const many = Array.from({ length: 2_001 }, (_, index) => ({ sku: String(index), quantity: 1 }));
    given()
      .when({ ...startOrder, lines: many })
      .thenRefused('invalid_lines', { most: 2_000 });
    given()
      .when({ ...startOrder, lines: [...all, ...all] })
      .thenRefused('invalid_lines');
    given()
      .when({ ...startOrder, lines: [{ sku: 'CUP', quantity: 0 }] })
      .thenRefused('invalid_quantity');
    given()
      .when({ ...startOrder, ttlMs: 0 })
      .thenRefused('invalid_quantity');
  });

  it('ends held or refused, once', () => {
    given(started).when(hold).then(held);
    given(started).when(refuseIt).then(refused);
    given(started, held).when(hold).thenNothing();
    given(started, refused).when(refuseIt).thenNothing();
    given(started, refused).when(hold).thenRefused('reservation_refused');
    given(started, held).when(refuseIt).thenRefused('reservation_held');
    given().when(hold).thenRefused('unknown_reservation');
  });
});

describe('committing an order', () => {
  it('begins with all that is held', () => {
    given(started, held).when(startCommit).then(commitStarted);
  });

  it('begins with the part that is named', () => {
    const lines = [{ sku: 'CUP', quantity: 1 }];
    given(started, held)
      .when({ ...startCommit, lines })
      .then({ ...commitStarted, lines });
  });

  it('refuses more than is held, nothing, and a SKU twice', () => {
    given(started, held)
      .when({ ...startCommit, lines: [{ sku: 'CUP', quantity: 3 }] })
      .thenRefused('quantity_exceeds_open', { sku: 'CUP', requested: 3, open: 2 });
    given(started, held)
      .when({ ...startCommit, lines: [{ sku: 'PAN', quantity: 1 }] })
      .thenRefused('quantity_exceeds_open', { sku: 'PAN', open: 0 });
    given(started, held)
      .when({ ...startCommit, lines: [] })
      .thenRefused('invalid_lines');
    given(started, held)
      .when({ ...startCommit, lines: [{ sku: 'CUP', quantity: 0 }] })
      .thenRefused('invalid_quantity');
    const twice = [
      { sku: 'CUP', quantity: 1 },
      { sku: 'CUP', quantity: 1 },
    ];
    given(started, held)
      .when({ ...startCommit, lines: twice })
      .thenRefused('invalid_lines');
  });

  it('comes too late once the order is overdue', () => {
    given(started, held)
      .when({ ...startCommit, at: noon })
      .thenRefused('reservation_expired', { state: 'expired' });
  });

  it('ends committed when nothing is held any more', () => {
    given(started, held, commitStarted).when(completeCommit).then(committed);
    expect(fold([started, held, commitStarted, committed])).toMatchObject({
      phase: 'committed',
      lines: [
        { sku: 'CUP', heldUnits: 0, committedUnits: 2 },
        { sku: 'POT', heldUnits: 0, committedUnits: 1 },
      ],
    });
  });

  it('goes back to held after a part', () => {
    const part = [{ sku: 'CUP', takes: plain(1) }];
    const partly: OrderEvent = { ...committed, lines: part, openUnits: 2 };
    const begun: OrderEvent = { ...commitStarted, lines: [{ sku: 'CUP', quantity: 1 }] };
    given(started, held, begun)
      .when({ ...completeCommit, lines: part })
      .then(partly);
    expect(fold([started, held, begun, partly]).phase).toBe('held');
    given(started, held, begun, partly)
      .when({ ...startCommit, commandId: 'c2' })
      .then({
        ...commitStarted,
        commitId: 'c2',
        lines: [
          { sku: 'CUP', quantity: 1 },
          { sku: 'POT', quantity: 1 },
        ],
      });
  });

  it('ends expired when a hold had run out', () => {
    given(started, held, commitStarted).when(failCommit).then(commitFailed);
    expect(fold([started, held, commitStarted, commitFailed])).toMatchObject({
      phase: 'expired',
      lines: [{ heldUnits: 0 }, { heldUnits: 0 }],
    });
  });

  it('changes nothing when a step comes again', () => {
    given(started, held, commitStarted).when(startCommit).thenNothing();
    given(started, held, commitStarted, committed).when(startCommit).thenNothing();
    given(started, held, commitStarted, committed)
      .when({ ...startCommit, commandId: 'other' })
      .thenNothing();
    given(started, held, commitStarted, committed).when(completeCommit).thenNothing();
    given(started, held, commitStarted, commitFailed).when(failCommit).thenNothing();
  });

  it('is refused where the phase stands against it', () => {
    given(started).when(startCommit).thenRefused('reservation_started');
    given(started, refused).when(startCommit).thenRefused('reservation_refused');
    given(started, held, commitStarted)
      .when({ ...startCommit, commandId: 'other' })
      .thenRefused('reservation_committing');
    given(started, held, commitStarted, committed)
      .when({ ...startCommit, commandId: 'other', lines: all })
      .thenRefused('reservation_committed');
    given(started, held, releaseStarted).when(startCommit).thenRefused('reservation_releasing');
    given(started, held, releaseStarted, released).when(startCommit).thenRefused('reservation_released');
    given(started, held, expiryStarted).when(startCommit).thenRefused('reservation_expired', { state: 'expired' });
    given(started, held, commitStarted)
      .when({ ...completeCommit, commitId: 'other' })
      .thenRefused('unknown_commit');
    given(started, held, commitStarted)
      .when({ ...failCommit, commitId: 'other' })
      .thenRefused('unknown_commit');
    given(started, refused).when(completeCommit).thenRefused('reservation_refused');
    given(started, refused).when(failCommit).thenRefused('reservation_refused');
  });
});

describe('releasing an order', () => {
  it('has two steps, each once', () => {
    given(started, held).when(startRelease).then(releaseStarted);
    given(started, held, releaseStarted).when(startRelease).thenNothing();
    given(started, held, releaseStarted).when(completeRelease).then(released);
    given(started, held, releaseStarted, released).when(completeRelease).thenNothing();
    given(started, held, releaseStarted, released).when(startRelease).thenNothing();
  });

  it('is refused where the phase stands against it', () => {
    given(started, held, commitStarted).when(startRelease).thenRefused('reservation_committing');
    given(started, held, commitStarted, committed).when(startRelease).thenRefused('reservation_committed');
    given(started, held)
      .when({ ...startRelease, at: noon })
      .thenRefused('reservation_expired');
    given(started, refused).when(completeRelease).thenRefused('reservation_refused');
  });
});

describe('the expiry of an order', () => {
  it('has two steps, each once, and none before its time', () => {
    given(started, held)
      .when({ ...startExpiry, at: noon - 1 })
      .thenNothing();
    given(started, held).when(startExpiry).then(expiryStarted);
    given(started, held, expiryStarted).when(startExpiry).thenNothing();
    given(started, held, expiryStarted).when(completeExpiry).then(expired);
    given(started, held, expiryStarted, expired).when(completeExpiry).thenNothing();
  });

  it('ends an order that a crash left at its start', () => {
    given(started).when(startExpiry).then(expiryStarted);
  });

  it('leaves an ended order alone, and knows no order that is not there', () => {
    given(started, held, commitStarted, committed).when(startExpiry).thenNothing();
    given().when(startExpiry).thenRefused('unknown_reservation');
    given(started, held, releaseStarted).when(completeExpiry).thenRefused('reservation_releasing');
  });
});

describe('extending an order', () => {
  it('moves its expiry, never back', () => {
    given(started, held)
      .when(extend)
      .then({ type: 'OrderExtended', expiresAt: noon + hour });
    given(started, held, { type: 'OrderExtended', expiresAt: noon + 2 * hour })
      .when(extend)
      .thenNothing();
  });

  it('is refused once it is overdue', () => {
    given(started, held)
      .when({ ...extend, at: noon })
      .thenRefused('reservation_expired');
  });
});

describe('a sign of life', () => {
  const sign = { type: 'ContinueOrder', at: morning + minute, commandId: 'sign' } as const;
  const refuse = { type: 'RefuseOrder', at: morning + 2 * minute, commandId: 'refuse', lines: [] } as const;

  it('is written down while the order is being started, and not after', () => {
    given(started).when(sign).then({ type: 'OrderContinued' });
    for (const later of [held, refused]) given(started, later).when(sign).thenNothing();
    given().when(sign).thenRefused('unknown_reservation');
  });

  it('moves what a watchdog waits for, and nothing else', () => {
    const before = fold([started]);
    const after = evolveOrder(before, { type: 'OrderContinued' }, morning + minute);
    expect(orderDeadline(after, minute)).toBe(morning + 2 * minute);
    expect({ ...after, aliveAt: before.aliveAt }).toEqual(before);
  });

  it('keeps a process from refusing the order that knows an older sign only', () => {
    given(started)
      .when({ ...refuse, unlessAliveSince: morning - 1 })
      .thenNothing();
    given(started)
      .when({ ...refuse, unlessAliveSince: morning })
      .then({ type: 'OrderRefused', lines: [] });
  });
});

describe('what a watchdog looks at', () => {
  const deadline = (...events: readonly OrderEvent[]) => orderDeadline(fold(events), minute);

  it('is the expiry of a held order and the age of a phase under way', () => {
    expect(deadline(started, held)).toBe(noon);
    for (const underWay of [[started], [started, held, commitStarted], [started, held, releaseStarted], [started, held, expiryStarted]]) {
      expect(deadline(...underWay)).toBe(morning + minute);
    }
  });

  it('is nothing once the order has ended', () => {
    for (const end of [committed, commitFailed, released, expired, refused]) {
      const state = fold([started, held, commitStarted, end]);
      expect([isOrderTerminal(state.phase), orderDeadline(state, minute)]).toEqual([true, null]);
    }
    expect(deadline()).toBeNull();
  });
});
