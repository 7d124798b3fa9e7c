import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { STREAMS } from '@holdfast/contracts';
import { boundOfChannel, channelAtp, channelBounds, DEFAULT_POLICY, isKeptByChannel, keptLocationId } from '@holdfast/inventory';
import type { ChannelPolicy, SkuCommand } from '@holdfast/inventory';
import { inSlices } from '@holdfast/kit';
import { Story } from '../../test/story.js';
import { Fold } from '../fold/fold.js';
import type { RowSource } from '../fold/row-source.js';
import type { ChannelAtpRow, ChannelRow, StockRow } from '../fold/rows.js';
import { skuStateBefore } from '../storage/sku-history.js';
import { balancesAsOf, knownAt, type Clocks } from './as-of.js';
import { explain, type ExplainedFigure } from './explain.js';
import { Histories } from './histories.js';
import { channelBoundsAsOf } from './limits-then.js';
import { recentHistory } from './recent-history.js';
import type { SkuHistory } from './sku-history.js';

const LOCATIONS = ['BER', 'HAM', keptLocationId('fba')] as const;
const CHANNELS = ['web', 'shop', 'app'];
const SKU = 'TEE';
const TTL_MS = 6_000;

type Step = readonly [action: number, units: number, pick: number, ago: number];
const steps = fc.array(fc.tuple(fc.nat(17), fc.integer({ min: 1, max: 9 }), fc.nat(11), fc.nat(9)), { minLength: 5, maxLength: 50 });
const policies = fc.record({ bufferUnits: fc.nat(3), bufferPercent: fc.nat(40) });

/** The rows of the projection as they were at one time. */
interface Then {
  readonly time: number;
  readonly stock: ReadonlyMap<string, StockRow>;
  readonly channelAtp: ReadonlyMap<string, ChannelAtpRow>;
}

function commandOf([action, units, pick, ago]: Step, now: number, known: readonly string[]): object {
  const locationId = LOCATIONS[pick % 3] ?? 'BER';
  const effectiveAt = now - ago * 1_000;
  const reservationId = known[pick % Math.max(1, known.length)] ?? 'rs_none.1';
  const erp = { connectionId: 'erp', messageId: randomUUID(), locationId };
  const document = `document ${String(pick % 3)}`;
  if (action < 2) return { type: 'ReceiveStock', ...erp, quantity: units * 2, effectiveAt, documentId: document };
  if (action === 2) return { type: 'IssueStock', ...erp, quantity: units, effectiveAt, orderId: `order ${String(pick % 4)}` };
  if (action === 3) return { type: 'ReportLevel', ...erp, figure: units * 3, asOf: effectiveAt, postingLagMs: pick > 8 ? 3_000 : null };
  if (action === 4) return { type: 'RecordStock', locationId, counted: units, effectiveAt, reasonCode: 'count' };
  if (action === 5)
    return { type: 'AdjustStock', locationId, delta: units - 5, effectiveAt, reasonCode: 'found', mayUncoverPromises: pick > 6 };
  if (action === 6) return { type: 'SetSafetyStock', locationId, quantity: pick % 5 };
  if (action === 7) {
    const allocations = [
      { channelId: 'web', cap: units + pick, floor: pick % 4 },
      ...(pick > 5 ? [{ channelId: 'shop', floor: units }] : []),
    ];
    return { type: 'SetLimits', overbookingUnits: pick % 3, allocations };
  }
  if (action === 8) return { type: 'ReleaseReservation', reservationId };
  if (action < 11) return { type: 'CommitReservation', reservationId, ...(pick > 5 ? { quantity: 1 } : {}) };
  if (action === 11) return { type: 'MoveStock', fromLocationId: 'BER', toLocationId: 'HAM', quantity: units, reference: document };
  if (action === 12) return { type: 'ExpireReservation', reservationId };
  if (action === 16) {
    const scope = pick > 9 ? {} : { locationId, ...(pick > 6 ? {} : { quantity: units }) };
    return { type: 'PlaceHold', holdId: `hold ${String(pick % 4)}`, holdType: pick % 2 === 0 ? 'recall' : 'quality', ...scope };
  }
  if (action === 17) {
    const disposition = pick > 8 ? 'scrap' : 'to_stock';
    return { type: 'ReleaseHold', holdId: `hold ${String(pick % 4)}`, disposition };
  }
  const id = `rs_${randomUUID()}.1`;
  const hold = {
    reservationId: id,
    orderId: `order ${String(pick % 4)}`,
    quantity: units,
    partial: pick > 3,
    requestHash: 'h',
    sources: [],
  };
  return { type: 'PlaceReservation', ...hold, ttlMs: TTL_MS, ...(pick === 11 ? {} : { channelId: CHANNELS[pick % 3] }) };
}

const channelRow = (channelId: string, policy: Partial<ChannelPolicy>): ChannelRow => ({
  ...{ tenant: 'acme', channelId, name: channelId, channelType: 'webhook', enabled: true, position: 0n, createdAt: 0, updatedAt: 0 },
  ...DEFAULT_POLICY,
  ...policy,
});

/** Plays the story, and keeps what the projection's rows were after each of its steps. */
async function play(story: Story, actions: readonly Step[], policy: Partial<ChannelPolicy>): Promise<readonly Then[]> {
  const source: RowSource = {
    channels: async () => [],
    locations: async () => [],
    skus: async () => new Map(),
    reservations: async () => [],
    stateBefore: (tenant, sku, revision) => skuStateBefore(story.store, tenant, sku, revision),
  };
  const fold = new Fold(source, new Map([['acme', new Map(CHANNELS.map((id) => [id, channelRow(id, policy)]))]]));
  const moments: Then[] = [];
  const stock = new Map<string, StockRow>();
  const channelAtp = new Map<string, ChannelAtpRow>();
  const known: string[] = [];
  let after = -1n;
  for (const step of actions) {
    story.now += 1_000;
    const command = { ...commandOf(step, story.now, known), at: story.now, commandId: randomUUID() } as SkuCommand;
    await story.command(SKU, command);
    if (command.type === 'PlaceReservation') known.push(command.reservationId);
    const page = await story.store.readAll({ after, limit: 1_000 });
    after = page.position;
    await fold.add(page.events);
    const changed = fold.take();
    for (const { row } of changed.stock) stock.set(row.locationId, { ...row });
    for (const row of changed.channelAtp) channelAtp.set(row.channelId, row);
    if (stock.size > 0) moments.push({ time: story.now, stock: new Map(stock), channelAtp: new Map(channelAtp) });
  }
  return moments;
}

const figuresOf = (rows: Iterable<Pick<StockRow, 'locationId' | 'onHand' | 'reserved' | 'held' | 'inTransit' | 'safetyStock'>>): unknown =>
  [...rows]
    .map(({ locationId, onHand, reserved, held, inTransit, safetyStock }) => ({
      locationId,
      onHand,
      reserved,
      held,
      inTransit,
      safetyStock,
    }))
    .sort((one, other) => (one.locationId < other.locationId ? -1 : 1));

/** Explains as the service does. */
async function explained(
  story: Story,
  history: SkuHistory,
  clocks: Clocks,
  of: { readonly locationId?: string; readonly channel?: { readonly id: string; readonly policy: Partial<ChannelPolicy> } },
): Promise<ExplainedFigure> {
  const known = await inSlices(knownAt(history, clocks));
  const balances = await inSlices(balancesAsOf(history, known));
  const stream = STREAMS.stock.streamOf('acme', SKU);
  const isNow = clocks.at === undefined && clocks.knownAt === undefined;
  const bounds = isNow ? channelBounds(history.state) : await channelBoundsAsOf(story.store, stream, known, balances);
  const { channel, locationId } = of;
  const bound = channel && bounds && boundOfChannel(bounds, channel.id);
  const then = channel && { policy: { ...DEFAULT_POLICY, ...channel.policy }, enabled: true, bound };
  return inSlices(explain(history, { known, locationId, channel: then, events: 3 }));
}

const barsOf = ({ steps: bars }: ExplainedFigure): unknown => bars.map(({ step, units, left }) => [step, units, left]);
const sumOf = (figure: ExplainedFigure): number => figure.steps.reduce((units, step) => units + step.units, 0);

describe('the history of a SKU', () => {
  it('says of the present, and of everything known at a past time, exactly what the projection shows and showed', () =>
    fc.assert(
      fc.asyncProperty(steps, policies, async (actions, policy) => {
        const story = new Story();
        const moments = await play(story, actions, policy);
        const history = await new Histories(story.store).read('acme', SKU);
        const newest = moments.at(-1);
        const some = moments.filter((_, index) => index % 3 === 0);
        for (const then of newest === undefined ? [] : [...some, { ...newest, time: undefined }]) {
          const clocks = { knownAt: then.time };
          const known = await inSlices(knownAt(history, clocks));
          expect(figuresOf(await inSlices(balancesAsOf(history, known)))).toEqual(figuresOf(then.stock.values()));
          for (const { locationId, onHand, held, reserved } of then.stock.values()) {
            const figure = await explained(story, history, clocks, { locationId });
            expect([locationId, figure.units, sumOf(figure)]).toEqual([locationId, Math.max(0, onHand - held - reserved), figure.units]);
          }
          for (const [id, { atp }] of then.channelAtp) {
            const figure = await explained(story, history, clocks, { channel: { id, policy } });
            expect([id, then.time, figure.units, sumOf(figure)]).toEqual([id, then.time, atp, atp]);
            for (const { locationId, onHand, held, reserved, safetyStock } of then.stock.values()) {
              const part = channelAtp(onHand - held - reserved, safetyStock, channelRow(id, policy));
              const most = isKeptByChannel(locationId) ? 0 : Math.min(part, atp);
              expect((await explained(story, history, clocks, { locationId, channel: { id, policy } })).units).toBe(most);
            }
          }
        }
      }),
      { numRuns: 30 },
    ));

  it('explains the present from the newest events alone as from all of them, but for what came earlier', () =>
    fc.assert(
      fc.asyncProperty(steps, fc.nat(30), async (actions, most) => {
        const story = new Story();
        await play(story, actions, {});
        const whole = await new Histories(story.store).read('acme', SKU);
        if (whole.events === 0) return;
        const balances = await inSlices(balancesAsOf(whole, await inSlices(knownAt(whole, {}))));
        const present = { revision: whole.events - 1, balances };
        const recent = await recentHistory(story.store, STREAMS.stock.streamOf('acme', SKU), present, most);
        expect(await inSlices(balancesAsOf(recent, await inSlices(knownAt(recent, {}))))).toEqual(balances);
        for (const { locationId, onHand, held, reserved } of balances) {
          const known = await inSlices(knownAt(recent, {}));
          const figure = await inSlices(explain(recent, { known, locationId, events: 3 }));
          expect([figure.units, sumOf(figure)]).toEqual([Math.max(0, onHand - held - reserved), figure.units]);
          const all = await inSlices(explain(whole, { known: await inSlices(knownAt(whole, {})), locationId, events: 3 }));
          if (most >= whole.events) expect(barsOf(figure)).toEqual(barsOf(all));
        }
      }),
      { numRuns: 60 },
    ));

  it('explains the past with steps that add up, and names no event that was unknown or later', () =>
    fc.assert(
      fc.asyncProperty(steps, fc.nat(60), fc.nat(20), async (actions, back, before) => {
        const story = new Story();
        await play(story, actions, {});
        const history = await new Histories(story.store).read('acme', SKU);
        const known = story.now - back * 1_000;
        const clocks = { knownAt: known, at: known - before * 1_000 };
        const figure = await explained(story, history, clocks, { locationId: 'BER' });
        const balance = figure.balances[0] ?? { onHand: 0, held: 0, reserved: 0 };
        expect(sumOf(figure)).toBe(Math.max(0, balance.onHand - balance.held - balance.reserved));
        for (const { revision, effectiveAt } of figure.steps.flatMap(({ events }) => events)) {
          expect(history.recordedAtOf(revision ?? Number.NaN)).toBeLessThanOrEqual(known);
          expect(effectiveAt).toBeLessThanOrEqual(clocks.at);
        }
      }),
      { numRuns: 100 },
    ));
});
