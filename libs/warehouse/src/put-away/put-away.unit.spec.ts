import { initialBinState } from '../bin/index.js';
import { lostClaims, putAwayViolations } from './audit.js';
import { decidePutAway } from './decide.js';
import type { PutAwayEvent } from './events.js';
import { evolvePutAway, initialPutAwayState, putAwayStatus } from './state.js';

const stamp = { at: 1, commandId: 'c' } as const;
const task = { taskId: 'pa_1', sku: 'MILK', locationId: 'BER', quantity: 10, createdBy: 'key-1', requestHash: 'h' } as const;
const started: PutAwayEvent = { type: 'PutAwayStarted', ...task };
const a = { claimId: 'a', binId: 'A-01', quantity: 6, because: 'same SKU and lot' } as const;
const b = { claimId: 'b', binId: 'A-02', quantity: 4, because: 'empty' } as const;
const planned: PutAwayEvent = { type: 'PutAwayPlanned', lines: [a, b] };
const claimed: PutAwayEvent = {
  type: 'PutAwayClaimed',
  outcomes: [a, b].map(({ claimId, quantity }) => ({ claimId, quantity })),
  isLast: true,
};
const moveStarted = (moveId: string, lines: readonly { claimId: string; quantity: number }[]): PutAwayEvent => ({
  type: 'PutAwayMoveStarted',
  moveId,
  lines,
  by: 'u1',
});
const moved = (moveId: string, outcomes: readonly { claimId: string; quantity: number }[]): PutAwayEvent => ({
  type: 'PutAwayMoved',
  moveId,
  outcomes,
});
const given = (...events: readonly PutAwayEvent[]) => {
  const state = events.reduce(evolvePutAway, initialPutAwayState());
  return { state, status: putAwayStatus(state), when: (command: Parameters<typeof decidePutAway>[1]) => decidePutAway(state, command) };
};
const accepted = (...events: readonly PutAwayEvent[]) => ({ kind: 'accepted', events });
const open = [started, planned, claimed];
const complete = (moveId: string, lines?: readonly { binId: string; quantity: number }[]) =>
  ({ type: 'StartMove', ...stamp, moveId, by: 'u1', ...(lines === undefined ? {} : { lines }) }) as const;

describe('a task of putting away', () => {
  it('is started, gets its bins and their space, and is open', () => {
    expect(given().when({ type: 'StartPutAway', ...stamp, ...task })).toEqual(accepted(started));
    expect(given(started).when({ type: 'StartPutAway', ...stamp, ...task })).toEqual(accepted());
    expect(given(started).when({ type: 'StartPutAway', ...stamp, ...task, requestHash: 'x' })).toMatchObject({
      code: 'idempotency_mismatch',
    });
    expect(given().when({ type: 'StartPutAway', ...stamp, ...task, quantity: 0 })).toMatchObject({ code: 'invalid_quantity' });
    expect(given(started).when({ type: 'ReportPlan', ...stamp, lines: [a, b] })).toEqual(accepted(planned));
    expect(given(...open)).toMatchObject({ status: 'open', state: { phase: 'open', planned: [] } });
  });

  it('P1 looks for bins again where one gave less, until asking again does not help', () => {
    const part = {
      outcomes: [
        { claimId: 'a', quantity: 6 },
        { claimId: 'b', quantity: 1, refusal: { code: 'bin_full' } },
      ],
    };
    const report = given(started, planned).when({ type: 'ReportClaims', ...stamp, ...part });
    expect(report).toEqual(accepted({ type: 'PutAwayClaimed', ...part, isLast: false }));
    const again = given(started, planned, { type: 'PutAwayClaimed', ...part, isLast: false }, { type: 'PutAwayPlanned', lines: [] });
    expect(again.when({ type: 'ReportClaims', ...stamp, outcomes: [] })).toEqual(
      accepted({ type: 'PutAwayClaimed', outcomes: [], isLast: true }),
    );
  });

  it('is refused where no bin gives space, with the figures of the bin that was named', () => {
    const full = { claimId: 'a', quantity: 0, refusal: { code: 'bin_full', free: 2 } };
    const named: PutAwayEvent = { ...started, toBinId: 'A-01' };
    const none: PutAwayEvent = { type: 'PutAwayClaimed', outcomes: [full], isLast: true };
    expect(given(named, { ...planned, lines: [a] }, none)).toMatchObject({
      status: undefined,
      state: { refusal: { code: 'bin_full', free: 2 } },
    });
    expect(given(started, planned, none).state.refusal).toEqual({ code: 'no_space' });
    expect(given(started, planned, none).when(complete('m1'))).toMatchObject({ code: 'unknown_put_away' });
  });

  it('is completed in parts, and what is left stays open', () => {
    const first = complete('m1', [{ binId: 'A-01', quantity: 2 }]);
    expect(given(...open).when(first)).toEqual(accepted(moveStarted('m1', [{ claimId: 'a', quantity: 2 }])));
    const partly = [...open, moveStarted('m1', [{ claimId: 'a', quantity: 2 }]), moved('m1', [{ claimId: 'a', quantity: 2 }])];
    expect(given(...partly).status).toBe('partly_completed');
    expect(given(...partly).when(first)).toEqual(accepted());
    const rest = [
      { claimId: 'a', quantity: 4 },
      { claimId: 'b', quantity: 4 },
    ];
    expect(given(...partly).when(complete('m2'))).toEqual(accepted(moveStarted('m2', rest)));
    const done = given(...partly, moveStarted('m2', rest), moved('m2', rest));
    expect(done.status).toBe('completed');
    expect(done.when(complete('m3'))).toMatchObject({ code: 'put_away_completed' });
    expect(putAwayViolations(done.state)).toEqual([]);
  });

  it('stays open where the SKU refuses the move', () => {
    const outcome = { claimId: 'a', quantity: 6, refusal: { code: 'insufficient_in_bin', available: 3 } };
    const after = given(...open, moveStarted('m1', [a]), { type: 'PutAwayMoved', moveId: 'm1', outcomes: [outcome] });
    expect(after).toMatchObject({ status: 'open', state: { outcomes: [outcome] } });
  });

  it('refuses more than is open, and bins that are not its own', () => {
    expect(given(...open).when(complete('m1', [{ binId: 'A-02', quantity: 5 }]))).toMatchObject({
      code: 'quantity_exceeds_open',
      details: { requested: 5, open: 4 },
    });
    expect(given(...open).when(complete('m1', [{ binId: 'B', quantity: 1 }]))).toMatchObject({ code: 'unknown_bin' });
  });

  it('is assigned to somebody, and cancelled once', () => {
    expect(given(...open, { type: 'PutAwayAssigned', assignedTo: 'u2' }).status).toBe('in_progress');
    const cancel = { type: 'StartCancelPutAway', ...stamp, by: 'u1' } as const;
    expect(given(...open).when(cancel)).toEqual(accepted({ type: 'PutAwayCancelStarted', by: 'u1' }));
    const cancelled = given(...open, { type: 'PutAwayCancelStarted', by: 'u1' }, { type: 'PutAwayCancelled' });
    expect(cancelled.status).toBe('cancelled');
    expect(cancelled.when(cancel)).toEqual(accepted());
    expect(cancelled.when(complete('m1'))).toMatchObject({ code: 'put_away_cancelled' });
    expect(given(...open, moveStarted('m1', [a])).when(cancel)).toMatchObject({ code: 'put_away_busy' });
    expect(given().when(cancel)).toMatchObject({ code: 'unknown_put_away' });
  });

  it('leaves no claim behind when it has ended', () => {
    const claims = [{ claimId: 'a', sku: 'MILK', claimed: 6, open: 6, moveIds: [] }];
    const bins = [{ ...initialBinState(), claims }];
    const done = given(...open, { type: 'PutAwayCancelStarted', by: 'u1' }, { type: 'PutAwayCancelled' }).state;
    expect(lostClaims(bins, () => done)).toEqual(['a']);
    expect(lostClaims(bins, () => given(...open).state)).toEqual([]);
  });
});
