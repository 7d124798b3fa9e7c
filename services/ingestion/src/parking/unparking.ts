import { TOPICS } from '@holdfast/contracts';
import type { Bus } from '@holdfast/messaging';
import type { Logger } from '@holdfast/platform';
import { topicKey } from '../intake/entry.js';
import { refusalReason } from '../intake/intake.js';
import type { IntakeMetrics } from '../intake/intake-metrics.js';
import { type Clock, runInLanes } from '@holdfast/kit';
import type { LedgerWriter } from '../intake/ledger-writer.js';
import type { AutoMapping } from '../routing/auto-mapping.js';
import { deadLetterOf } from './dead-letter-of.js';
import type { ParkedMessages, ReadyMessage } from './parked-messages.js';

const SKUS_AT_ONCE = 200;
/** Applied but not removed yet; with the intake's own 32 it stays below the 256 ids of messages that the ledger remembers of a SKU. */
const UNREMOVED_PER_SKU = 16;
/** Finds what another process parked or mapped without telling this one. */
const SWEEP_MS = 2_000;

export interface UnparkingParts {
  readonly parked: Pick<ParkedMessages, 'count' | 'awaitingAutoMapping' | 'takeReady'>;
  readonly writer: LedgerWriter;
  readonly bus: Pick<Bus, 'publish'>;
  readonly autoMapping: Pick<AutoMapping, 'mapWarehouses'>;
  readonly metrics: IntakeMetrics;
  readonly logger: Pick<Logger, 'warn'>;
  readonly clock: Clock;
}

/** Applies parked messages once their warehouse is mapped: one process at a time, in the order in which they came. */
export class Unparking {
  private running: Promise<void> | undefined;
  private wanted = false;
  private locationsChanged = true;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: UnparkingParts) {}

  start(): void {
    this.timer = setInterval(() => this.kick(), SWEEP_MS);
    this.kick();
  }

  /** Looks soon. @param reason `locations`: a warehouse may have become a location by itself */
  kick(reason?: 'locations'): void {
    if (reason === 'locations') this.locationsChanged = true;
    this.wanted = true;
    if (!this.stopped) this.running ??= this.run().finally(() => this.ended());
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private ended(): void {
    this.running = undefined;
    // A call of `kick` came while the last pass was ending.
    if (this.wanted) this.kick();
  }

  private async run(): Promise<void> {
    try {
      while (this.wanted && !this.stopped) {
        this.wanted = false;
        const waiting = await this.parts.parked.count();
        this.parts.metrics.parked(waiting);
        if (waiting === 0) continue;
        await this.mapAutomatically();
        while (!this.stopped && (await this.applySome()) > 0);
      }
    } catch (error) {
      this.wanted = false;
      this.parts.logger.warn({ err: error }, 'parked messages could not be applied; trying again');
    }
  }

  private async mapAutomatically(): Promise<void> {
    if (!this.locationsChanged) return;
    const awaiting = await this.parts.parked.awaitingAutoMapping();
    for (const tenant of new Set(awaiting.map((one) => one.tenant)))
      await this.parts.autoMapping.mapWarehouses(
        tenant,
        awaiting.filter((one) => one.tenant === tenant),
      );
    this.locationsChanged = false;
  }

  private applySome(): Promise<number> {
    return this.parts.parked.takeReady(SKUS_AT_ONCE, UNREMOVED_PER_SKU, (ready) => this.apply(ready));
  }

  /** @returns ids of those that are dealt with */
  private async apply(ready: readonly ReadyMessage[]): Promise<readonly string[]> {
    const options = { laneOf: skuOf, lanes: SKUS_AT_ONCE, window: UNREMOVED_PER_SKU };
    const results = await runInLanes(ready, options, (one) => this.parts.writer.apply({ ...one, placement: one }));
    const through: string[] = [];
    for (const result of results) {
      if (result.kind === 'failed') {
        if (result.error !== undefined) this.parts.logger.warn({ err: result.error, id: result.item.id }, 'a parked message has to wait');
        continue;
      }
      if (result.result.kind === 'refused')
        await this.parts.bus.publish(TOPICS.erpStockDeadLetters.name, [
          deadLetterOf(result.item, refusalReason(result.result.code, result.result.details), this.parts.clock.now()),
        ]);
      else this.parts.metrics.count(result.item.message.type, 'applied');
      through.push(result.item.id);
    }
    return through;
  }
}

const skuOf = ({ tenant, message }: ReadyMessage): string => topicKey(tenant, message.sku);
