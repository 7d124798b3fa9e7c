import { STREAMS } from '@holdfast/contracts';
import { MemoryLog, type EventStore } from '@holdfast/event-store';
import { SkuAuditor, type OrderPhase, type SkuState } from '@holdfast/inventory';
import { stockStream, type SkuLedger } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import type { OrderEnvironment, OrderRequest } from '../src/orders/environment.js';
import { HoldHistory } from '../src/orders/hold-history.js';
import { OrderStreams } from '../src/orders/order-streams.js';
import { Orders } from '../src/orders/orders.js';
import { Acting } from '../src/watch/acting.js';
import type { CheckpointStore } from '../src/watch/checkpoint.js';
import { Watch } from '../src/watch/watch.js';
import { DirectLedger } from './direct-ledger.js';
import { FailingStore } from './failing-store.js';
import { SlowAppends } from './slow-appends.js';
import { VirtualTime } from './virtual-time.js';

export const TENANT = 'acme';

/** Nothing is remembered over a restart: the log is read again. */
const noCheckpoint: CheckpointStore = {
  load: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
};

/** One process of the service, without its edge. */
export interface Process {
  readonly store: FailingStore;
  readonly ledger: SkuLedger;
  readonly orders: Orders;
  readonly env: OrderEnvironment;
  watch(): Promise<Watch>;
}

/** A log with its time, and processes that share them. */
export class Shop {
  readonly log = new MemoryLog();
  readonly time = new VirtualTime(1_700_000_000_000);
  readonly lateMs: number[] = [];
  /** Resolves when it is the turn of an append. */
  private turn: () => Promise<void> = () => Promise.resolve();
  private made = 0;
  private readonly watches: Watch[] = [];

  process(
    death?: { readonly atAppend: number; readonly stored: boolean },
    wrap: (ledger: SkuLedger) => SkuLedger = (ledger) => ledger,
  ): Process {
    const store = new FailingStore(this.log, death, () => this.turn());
    const ledger = wrap(new DirectLedger(store));
    const env: OrderEnvironment = {
      ledger,
      streams: new OrderStreams(store),
      history: new HoldHistory(store),
      clock: this.time,
      timers: this.time,
      random: () => 0.5,
      newId: () => this.id(),
      sources: () => [],
    };
    const orders = new Orders(env);
    const watch = async (): Promise<Watch> => {
      const acting = new Acting(env, orders, (lateMs) => this.lateMs.push(lateMs));
      const made = new Watch({
        eventStore: store,
        checkpoint: noCheckpoint,
        clock: this.time,
        timers: this.time,
        act: (item) => acting.on(item),
        onFault: () => undefined,
        onSize: () => undefined,
      });
      this.watches.push(made);
      await made.start();
      return made;
    };
    return { store, ledger, orders, env, watch };
  }

  /** From now on the store does only so many appends a second, for all processes together. */
  slowDown(appendsPerSecond: number): void {
    const appends = new SlowAppends(this.time, appendsPerSecond);
    this.turn = () => appends.turn();
  }

  id(): string {
    this.made += 1;
    return uuidOf(`made ${this.made}`);
  }

  async stop(): Promise<void> {
    await this.time.during(Promise.all(this.watches.map((watch) => watch.stop())));
  }

  async stock(units: Readonly<Record<string, number>>): Promise<void> {
    const ledger = new DirectLedger(this.reader());
    for (const [sku, quantity] of Object.entries(units)) {
      const at = this.time.now();
      await ledger.execute(
        { tenant: TENANT, sku },
        { type: 'ReceiveStock', at, commandId: this.id(), locationId: 'MAIN', quantity, effectiveAt: at, messageId: `stock ${sku}` },
      );
    }
  }

  order(units: Readonly<Record<string, number>>, options: Partial<OrderRequest> = {}): OrderRequest {
    const commandId = this.id();
    return {
      tenant: TENANT,
      orderId: `order ${commandId}`,
      lines: Object.entries(units).map(([sku, quantity]) => ({ sku, quantity })),
      ttlMs: 60_000,
      partial: false,
      requestHash: 'hash',
      commandId,
      context: {},
      ...options,
    };
  }

  async state(sku: string): Promise<SkuState> {
    return (await new DirectLedger(this.reader()).read({ tenant: TENANT, sku })).state;
  }

  /** Units on hand and units held, over all locations. */
  async units(sku: string): Promise<{ readonly onHand: number; readonly reserved: number }> {
    const balances = [...(await this.state(sku)).balances.values()];
    const sum = (of: 'onHand' | 'reserved'): number => balances.reduce((units, balance) => units + balance[of], 0);
    return { onHand: sum('onHand'), reserved: sum('reserved') };
  }

  /** Phases of all orders ever tried, in the order of their first events. */
  async phases(): Promise<readonly OrderPhase[]> {
    const streams = new OrderStreams(this.reader());
    const { events } = await this.reader().readAll({
      after: -1n,
      limit: 100_000,
      filter: { types: STREAMS.order.storedTypes(['OrderStarted']) },
    });
    const phases: OrderPhase[] = [];
    for (const recorded of events) {
      const event = STREAMS.order.decode(recorded);
      if (event.type !== 'OrderStarted') continue;
      phases.push((await streams.load({ tenant: TENANT, reservationId: event.reservationId })).state.phase);
    }
    return phases;
  }

  /** What an auditor finds wrong in the stream of the SKU. */
  async violations(sku: string): Promise<readonly unknown[]> {
    const auditor = new SkuAuditor();
    const events = await this.reader().readStream(stockStream({ tenant: TENANT, sku }));
    return events.flatMap((event) => auditor.observe(STREAMS.stock.decode(event), event.metadata.at));
  }

  private reader(): EventStore {
    return new FailingStore(this.log);
  }
}
