import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DEFAULT_POLICY } from '@holdfast/inventory';
import type { ChannelPolicy, SkuCommand } from '@holdfast/inventory';
import { Story } from '../../test/story.js';
import { skuStateBefore } from '../storage/sku-history.js';
import { Fold } from './fold.js';
import type { RowSource } from './row-source.js';
import type { ChannelRow } from './rows.js';

const CHANNELS = ['web', 'shop', 'app'];
/** Nothing is overdue in the time of a story. */
const TTL_MS = 86_400_000;

type Step = readonly [action: number, units: number, pick: number, cut: boolean];
const steps = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 }), fc.nat(11), fc.boolean()), { minLength: 5, maxLength: 40 });

function commandOf(action: number, units: number, pick: number, budget: number, known: readonly string[]): Partial<SkuCommand> {
  const locationId = ['BER', 'HAM'][pick % 2] ?? 'BER';
  const channelId = CHANNELS[pick % 3] ?? 'web';
  const reservationId = known[pick % Math.max(1, known.length)] ?? 'rs_none.1';
  if (action === 0) return { type: 'ReceiveStock', locationId, quantity: units * 2, effectiveAt: 0, messageId: randomUUID() };
  if (action === 1) return { type: 'RecordStock', locationId, counted: units, effectiveAt: 0, reasonCode: 'count' };
  if (action === 2) {
    const allocations = [
      { channelId: 'web', cap: units + (pick % 4), floor: pick % 4 },
      ...(pick > 5 ? [{ channelId: 'shop', floor: units }] : []),
    ];
    return { type: 'SetLimits', overbookingUnits: budget, allocations };
  }
  if (action === 3) return { type: 'ReleaseReservation', reservationId };
  if (action === 4) return { type: 'CommitReservation', reservationId, ...(pick > 5 ? { quantity: 1 } : {}) };
  const id = `rs_${randomUUID()}.1`;
  const asked = { reservationId: id, orderId: id, quantity: units, partial: pick > 3, requestHash: 'h', ttlMs: TTL_MS, sources: [] };
  return { type: 'PlaceReservation', ...asked, ...(pick === 11 ? {} : { channelId }) };
}

/** Folds a random story in turns, and compares what the channels may promise after each. */
async function follow(
  actions: readonly Step[],
  policy: Partial<ChannelPolicy>,
  budget: number,
  compare: (story: Story, promised: ReadonlyMap<string, number>) => void,
): Promise<void> {
  const story = new Story();
  const times = { position: 0n, createdAt: 0, updatedAt: 0 };
  const row = (channelId: string): ChannelRow => ({
    ...{ tenant: 'acme', channelId, name: channelId, channelType: 'webhook', enabled: true },
    ...DEFAULT_POLICY,
    ...policy,
    ...times,
  });
  const source: RowSource = {
    channels: async () => [],
    locations: async () => [],
    skus: async () => new Map(),
    reservations: async () => [],
    stateBefore: (tenant, sku, revision) => skuStateBefore(story.store, tenant, sku, revision),
  };
  const fold = new Fold(source, new Map([['acme', new Map(CHANNELS.map((id) => [id, row(id)]))]]));
  const promised = new Map<string, number>();
  let after = -1n;
  const turn = async (): Promise<void> => {
    const { events, position } = await story.store.readAll({ after, limit: 1_000 });
    after = position;
    await fold.add(events);
    for (const { channelId, atp } of fold.take().channelAtp) promised.set(channelId, atp);
    compare(story, promised);
  };
  const known: string[] = [];
  for (const [action, units, pick, cut] of actions) {
    const command = { ...commandOf(action, units, pick, budget, known), at: story.now, commandId: randomUUID() } as SkuCommand;
    await story.command('TEE', command);
    if (command.type === 'PlaceReservation') known.push(command.reservationId);
    if (cut) await turn();
  }
  await turn();
}

describe('what a channel may promise of a SKU with caps and floors', () => {
  it('is what a reservation of it would be granted, where no buffer and no safety stock keeps anything back', () =>
    fc.assert(
      fc.asyncProperty(steps, (actions) =>
        follow(actions, {}, 0, (story, promised) => {
          for (const [channelId, atp] of promised) expect([channelId, atp]).toEqual([channelId, story.granted('TEE', channelId)]);
        }),
      ),
      { numRuns: 150 },
    ));

  it('is never more than that with buffers and with a budget for overbooking', () =>
    fc.assert(
      fc.asyncProperty(steps, fc.nat(3), fc.nat(40), fc.nat(4), (actions, bufferUnits, bufferPercent, budget) =>
        follow(actions, { bufferUnits, bufferPercent }, budget, (story, promised) => {
          for (const [channelId, atp] of promised) expect(atp).toBeLessThanOrEqual(story.granted('TEE', channelId));
        }),
      ),
      { numRuns: 100 },
    ));
});
