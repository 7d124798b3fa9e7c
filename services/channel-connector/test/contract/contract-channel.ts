import { randomUUID } from 'node:crypto';
import { TOPICS } from '@holdfast/contracts';
import type { Fault, LoggedCall } from '@holdfast/sandbox';
import type { ConnectorUnderTest } from '../connector.js';
import type { LeapingTime } from '../leaping-time.js';
import type { VendorRig, VendorUnderTest } from './rig.js';

export interface ContractBench {
  readonly rig: VendorRig;
  readonly time: LeapingTime;
  readonly connector: ConnectorUnderTest;
  readonly vendor: VendorUnderTest;
}

interface Delivery {
  readonly status: string;
  readonly failures: number;
  readonly due: number;
  readonly error: string | null;
}

/** A channel of one case of the contract suite, with listings of its own. */
export class ContractChannel {
  private static made = 0;
  private static position = 0;
  private readonly listings = new Map<string, string>();
  private readonly wanted = new Map<string, number>();
  private readonly loggedBefore: number;

  private constructor(
    private readonly bench: ContractBench,
    readonly channelId: string,
  ) {
    this.loggedBefore = bench.vendor.log.calls.length;
  }

  /** Sets a channel up and maps so many new SKUs. */
  static async open(bench: ContractBench, listings = 1): Promise<ContractChannel> {
    ContractChannel.made += 1;
    // Limits that an earlier case used up are full again.
    await bench.time.leap(60_000);
    const channel = new ContractChannel(bench, `${bench.rig.provider.name}-${String(ContractChannel.made)}`);
    await channel.put();
    await channel.map(listings);
    return channel;
  }

  async close(): Promise<void> {
    const { vendor, connector } = this.bench;
    vendor.faults.clear();
    await connector.post(`${this.path}/disable`, undefined);
    const { status, body } = await connector.call('DELETE', this.path);
    expect([status, body['code']]).toEqual([204, undefined]);
  }

  get path(): string {
    return `/sales-channel/channels/${this.channelId}`;
  }

  get skus(): readonly string[] {
    return [...this.listings.keys()];
  }

  /** @param index in the sequence they were mapped */
  sku(index: number): string {
    const sku = this.skus[index];
    if (sku === undefined) throw new Error(`there is no listing ${String(index)}`);
    return sku;
  }

  listing(sku: string): string {
    const listingId = this.listings.get(sku);
    if (listingId === undefined) throw new Error(`${sku} is not mapped`);
    return listingId;
  }

  async put(): Promise<void> {
    const { connector, rig, vendor } = this.bench;
    const { status, body } = await connector.put(this.path, { provider: rig.provider.name, ...vendor.account });
    expect([status, body['code']]).toEqual([200, undefined]);
  }

  /** Maps so many SKUs more to new listings. */
  async map(count: number): Promise<readonly string[]> {
    const skus = Array.from({ length: count }, (_, index) => `${this.channelId}-${String(this.listings.size + index)}`);
    const ids = this.bench.vendor.addListings(skus);
    const mappings = skus.map((sku, index) => ({ sku, listingId: ids[index] ?? '' }));
    for (const { sku, listingId } of mappings) this.listings.set(sku, listingId);
    expect((await this.bench.connector.put(`${this.path}/mappings`, { mappings })).status).toBe(200);
    return skus;
  }

  /** The next vendor's calls that set figures meet the fault. */
  meets(fault: Fault, times = 1): void {
    this.bench.vendor.faults.next(fault, times, this.bench.rig.writes);
  }

  /** Says figures on the topic, newer than all before. @returns their place in the event log, to be said again by */
  async tell(figures: Readonly<Record<string, number>>): Promise<number> {
    ContractChannel.position += 1;
    for (const [sku, quantity] of Object.entries(figures)) this.wanted.set(sku, quantity);
    await this.tellAs(ContractChannel.position, figures);
    return ContractChannel.position;
  }

  tellAll(quantity: number, skus: readonly string[] = this.skus): Promise<number> {
    return this.tell(Object.fromEntries(skus.map((sku) => [sku, quantity])));
  }

  async tellAs(position: number, figures: Readonly<Record<string, number>>): Promise<void> {
    const { channelId } = this;
    await this.bench.connector.runtime.bus.publish(
      TOPICS.channelAtp.name,
      Object.entries(figures).map(([sku, atp]) => {
        const data = { sku, channelId, atp, version: position, position: String(position) };
        const message = { specversion: '1.0', id: randomUUID(), type: 'holdfast.inventory.channel-atp.v1', tenant: 'demo', data };
        return { key: `demo|${channelId}|${sku}`, value: JSON.stringify({ ...message, time: new Date().toISOString() }) };
      }),
    );
  }

  shown(sku: string): number | undefined {
    return this.bench.vendor.shown(this.listing(sku));
  }

  countShowing(quantity: number, skus: readonly string[] = this.skus): number {
    return skus.filter((sku) => this.shown(sku) === quantity).length;
  }

  /** Time passes until the vendor shows the figure of each of these SKUs. */
  async shows(quantity: number, skus: readonly string[] = this.skus): Promise<void> {
    await this.bench.time.until(() => skus.every((sku) => this.shown(sku) === quantity));
  }

  /** Time passes until these listings, a hundred at most, were told their newest figure and the vendor took it. */
  async settled(skus: readonly string[] = this.skus): Promise<void> {
    await this.bench.time.until(async () => {
      const told = (await this.mappings()).filter((mapping) => mapping['status'] === 'ok');
      const figures = new Map(told.map((mapping) => [mapping['sku'], mapping['quantity']]));
      return skus.every((sku) => figures.get(sku) === this.wanted.get(sku));
    });
  }

  async delivery(): Promise<Delivery> {
    return (await this.bench.connector.get(this.path)).body['delivery'] as Delivery;
  }

  async statuses(): Promise<readonly unknown[]> {
    return (await this.mappings()).map(({ status }) => status);
  }

  async mappingOf(sku: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    return (await this.mappings()).find((mapping) => mapping['sku'] === sku);
  }

  /** What the service would tell the listing now. */
  async wantedOf(sku: string): Promise<number | undefined> {
    const { rows } = await this.bench.connector.runtime.database.pool.query<{ quantity: number }>(
      'SELECT quantity::float8 AS quantity FROM channels.listing WHERE channel_id = $1 AND sku = $2',
      [this.channelId, sku],
    );
    return rows[0]?.quantity;
  }

  /** Reads the vendor's listings. @returns what was found of those of this case */
  async discovered(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { connector, time } = this.bench;
    const { status, body } = await connector.post(`${this.path}/discover`, undefined);
    expect(status).toBe(202);
    const discovery = `${this.path}/discoveries/${String(body['discoveryId'])}`;
    await time.until(async () => (await connector.get(discovery)).body['status'] === 'done');
    const found = (await connector.get(discovery)).body['listings'] as readonly Readonly<Record<string, unknown>>[];
    return found.filter(({ listingId }) => [...this.listings.values()].includes(String(listingId)));
  }

  /** Whether the vendor was polled for what happened there. */
  async isPolled(): Promise<boolean> {
    const { rowCount } = await this.bench.connector.runtime.database.pool.query(
      'SELECT 1 FROM channels.polling WHERE channel_id = $1 AND cursor IS NOT NULL',
      [this.channelId],
    );
    return rowCount === 1;
  }

  async orders(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { body } = await this.bench.connector.get(`/sales-channel/orders?channelId=${this.channelId}&limit=100`);
    return body['orders'] as readonly Readonly<Record<string, unknown>>[];
  }

  /** Answered differences between ours and the vendor's figures; without `dryRun` they are acted on. */
  async reconcile(query = ''): Promise<readonly unknown[]> {
    const { status, body } = await this.bench.connector.post(`${this.path}/reconcile${query}`, undefined);
    expect([status, body['code']]).toEqual([200, undefined]);
    return body['differences'] as readonly unknown[];
  }

  /** Calls of this case that set figures, refused and lost ones too. */
  writes(): readonly LoggedCall[] {
    return this.bench.vendor.log.calls.slice(this.loggedBefore).filter(({ operation }) => operation === this.bench.rig.writes);
  }

  calls(operation: string): number {
    return this.bench.vendor.log.calls.slice(this.loggedBefore).filter((call) => call.operation === operation).length;
  }

  private async mappings(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { body } = await this.bench.connector.get(`${this.path}/mappings?limit=100`);
    return body['mappings'] as readonly Readonly<Record<string, unknown>>[];
  }
}
