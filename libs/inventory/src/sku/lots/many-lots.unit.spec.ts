import { decideSku, evolveSku, initialSkuState, type SkuCommand, type SkuState } from '../../index.js';

const now = Date.UTC(2026, 4, 20, 12);
const LOTS = 2_000;
const COMMITS = 200;

function accept(state: SkuState, command: object): void {
  const decision = decideSku(state, { at: now, ...command } as SkuCommand);
  if (decision.kind === 'refused') throw new Error(decision.code);
  for (const event of decision.events) evolveSku(state, event, now);
}

describe('a SKU with very many lots', () => {
  it(`decides a commit among ${String(LOTS)} lots, first expiry first`, () => {
    const state = initialSkuState();
    const positions = Array.from({ length: LOTS }, (_, index) => {
      const expiresAt = now + ((index * 7_919) % LOTS) * 60_000 + 1;
      return { lotId: `L${String(index)}`, quantity: 10, expiryDate: '2026-06-01', expiresAt };
    });
    accept(state, {
      type: 'ReceiveStock',
      commandId: 'r',
      locationId: 'BER',
      quantity: 10 * LOTS,
      effectiveAt: now,
      messageId: 'm',
      positions,
    });
    for (let index = 0; index < COMMITS; index += 1) {
      const id = `r${String(index)}`;
      const place = { reservationId: id, orderId: id, quantity: 15, ttlMs: 60_000, requestHash: id, sources: [] };
      accept(state, { type: 'PlaceReservation', commandId: id, ...place });
    }
    let longest = 0;
    const startedAt = performance.now();
    for (let index = 0; index < COMMITS; index += 1) {
      const [begun, id] = [performance.now(), `r${String(index)}`];
      accept(state, { type: 'CommitReservation', commandId: `c${String(index)}`, reservationId: id });
      longest = Math.max(longest, performance.now() - begun);
    }
    const each = (performance.now() - startedAt) / COMMITS;
    process.stdout.write(
      `${String(LOTS)} lots: a commit is decided and applied in ${each.toFixed(3)} ms, the longest in ${longest.toFixed(3)} ms\n`,
    );
    expect(state.detail?.lots?.locations.get('BER')?.lots.size).toBe(LOTS - (COMMITS * 15) / 10);
  });
});
