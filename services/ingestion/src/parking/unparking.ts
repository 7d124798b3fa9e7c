import type { Pool, PoolClient } from 'pg';

import { TOPICS } from '@holdfast/contracts';
import type { Bus } from '@holdfast/messaging';
import type { Logger } from '@holdfast/platform';
import { topicKey } from '../intake/entry.js';
import { refusalReason } from '../intake/intake.js';
import type { IntakeMetrics } from '../intake/intake-metrics.js';
import type { Clock, LedgerDesk } from '../intake/ledger-desk.js';
import { runInLanes } from '../lanes/run-in-lanes.js';
import type { AutoMapping } from '../routing/auto-mapping.js';
import { deadLetterOf } from './dead-letter-of.js';
import type { ParkedMessages, ReadyMessage } from './parked-messages.js';

const SKUS_AT_ONCE = 200;
/** Applied but not removed yet; with the intake's own 32 it stays below the 64 ids that the ledger remembers of a SKU. */
const UNREMOVED_PER_SKU = 16;
/** Finds what another process parked or mapped without telling this one. */
const SWEEP_MS = 2_000;
/** Any number that nothing else in the database locks. */
const LOCK = 4_807_115_002;

export interface UnparkingParts {
  readonly pool: Pool;
  readonly parked: ParkedMessages;
  readonly desk: LedgerDesk;
  readonly bus: Pick<Bus, 'publish'>;
  readonly autoMapping: AutoMapping;
  readonly metrics: IntakeMetrics;
  readonly logger: Logger;
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
    // Somebody asked while the last look was ending.
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

  private async applySome(): Promise<number> {
    const client = await this.parts.pool.connect();
    try {
      await client.query('BEGIN');
      const removed = (await hasLock(client)) ? await this.applyLocked(client) : 0;
      await client.query('COMMIT');
      client.release();
      return removed;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  private async applyLocked(client: PoolClient): Promise<number> {
    const ready = await this.parts.parked.ready(client, SKUS_AT_ONCE, UNREMOVED_PER_SKU);
    const options = { laneOf: skuOf, lanes: SKUS_AT_ONCE, window: UNREMOVED_PER_SKU };
    const results = await runInLanes(ready, options, (one) => this.parts.desk.apply({ ...one, placement: one }));
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
    await this.parts.parked.remove(client, through);
    return through.length;
  }
}

const skuOf = ({ tenant, message }: ReadyMessage): string => topicKey(tenant, message.sku);

async function hasLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [LOCK]);
  return rows[0]?.locked === true;
}
