import { DEFAULT_TIMINGS } from '../../../src/index.js';
import type { ContractBench, ContractChannel } from '../contract-channel.js';
import type { CaseTools } from './case-tools.js';
import { toldFigures } from './told-figures.js';

const HERE = 'BER';

/** What shops show and sell comes back: edits are named, our own figures are not, orders leave stock once. */
export function comingBackCases({ bench, opened, needs }: CaseTools): void {
  needs('reading', 'finds its listings by SKU, and names a figure that somebody set there', async () => {
    const { channel, skus } = await opened();
    const [sku = ''] = skus;
    await channel.tell({ [sku]: 6 });
    await channel.settled();
    expect(await channel.discovered()).toMatchObject([{ listingId: channel.listing(sku), sku, match: 'by_sku' }]);
    bench().vendor.edit(channel.listing(sku), 40);
    expect(await channel.reconcile('?dryRun=true')).toMatchObject([{ sku, ours: 6, theirs: 40, class: 'foreign_edit' }]);
    await channel.reconcile();
    await channel.shows(6);
  });

  needs('telling', 'takes its own figures that the vendor tells for no edit and no conflict', async () => {
    const { channel, skus } = await opened();
    const [sku = ''] = skus;
    const { connector, vendor, time } = bench();
    vendor.sendHooksTo(connector.hookUrl(`${channel.channelId}?tenant=demo`));
    await channel.tell({ [sku]: 6 });
    await channel.settled();
    await channel.tell({ [sku]: 0 });
    await channel.settled();
    const before = channel.writes().length;
    await vendor.hooksSent();
    await time.until(async () => (await toldFigures(bench(), channel)) > 0);
    await expectNoConflict(bench(), channel);
    expect([channel.shown(sku), channel.writes().length]).toEqual([0, before]);
  });

  needs('reading', 'takes its own figures that it reads for no edit and no conflict', async () => {
    const { channel, skus } = await opened(2);
    const [first = '', second = ''] = skus;
    await channel.tell({ [first]: 6, [second]: 3 });
    await channel.settled();
    const before = channel.writes().length;
    expect(await channel.reconcile()).toEqual([]);
    await expectNoConflict(bench(), channel);
    expect(channel.writes()).toHaveLength(before);
  });

  needs('orders', 'takes an order from the stock once, and gives its units back once when it is cancelled', async () => {
    const { channel, skus } = await opened();
    const [sku = ''] = skus;
    const { connector, vendor, time } = bench();
    await connector.record(sku, HERE, 10);
    vendor.sendHooksTo(connector.hookUrl(`${channel.channelId}?tenant=demo`));
    await channel.tell({ [sku]: 10 });
    await channel.settled();
    // Polling begins with what happens after the first poll.
    await time.until(() => channel.isPolled());
    const orderId = vendor.sell(channel.listing(sku), 3);
    await vendor.hooksSent();
    const taken = [expect.objectContaining({ orderId, status: 'taken' })];
    await time.until(async () => (await channel.orders()).some((order) => order['status'] === 'taken'));
    await time.leap(2 * DEFAULT_TIMINGS.channelPollMs);
    expect([await channel.orders(), await onHand(bench(), sku)]).toEqual([taken, 7]);
    vendor.cancel(orderId);
    await vendor.hooksSent();
    await time.until(async () => (await channel.orders()).every((order) => order['status'] !== 'taken'));
    expect(await onHand(bench(), sku)).toBe(10);
  });
}

async function onHand({ connector }: ContractBench, sku: string): Promise<number | undefined> {
  return (await connector.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get(HERE)?.onHand;
}

async function expectNoConflict({ connector }: ContractBench, { channelId, path }: ContractChannel): Promise<void> {
  const drift = await connector.get(`/sales-channel/drift?channelId=${channelId}`);
  expect([drift.status, drift.body['drift']]).toEqual([200, []]);
  const conflicts = await connector.get(`/sales-channel/sync/history?operation=inventory_conflict&channelId=${channelId}`);
  expect([conflicts.status, conflicts.body['history']]).toEqual([200, []]);
  const held = await connector.get(`${path}/mappings?status=conflict`);
  expect(held.body['mappings']).toEqual([]);
}
