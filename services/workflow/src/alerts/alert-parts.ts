import type { BackOff, Chore } from '@holdfast/kit';
import type { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { VendorClient } from '@holdfast/vendor-http';
import { AlertRulesService } from '../alert-rules/alert-rules.service.js';
import { AlertRuleTable } from '../alert-rules/alert-rule-table.js';
import { Reweighing } from '../alert-rules/reweighing.js';
import { AlertMutesService } from '../alert-mutes/alert-mutes.service.js';
import { MuteTable } from '../alert-mutes/mute-table.js';
import { alertSources } from '../alert-sources/alert-sources.js';
import { TroubleWatch } from '../alert-sources/trouble-watch.js';
import { AttemptTable } from '../alert-webhooks/attempt-table.js';
import { DeliveryTable } from '../alert-webhooks/delivery-table.js';
import { CALL_TIMEOUT_MS } from '../alert-webhooks/limits.js';
import { Receivers } from '../alert-webhooks/receivers.js';
import { Sending } from '../alert-webhooks/sending.js';
import { WebhookTable } from '../alert-webhooks/webhook-table.js';
import { WebhooksService } from '../alert-webhooks/webhooks.service.js';
import type { AbcClasses } from '../counts/planning/abc.js';
import { followEvents } from '../following/follow-events.js';
import type { OutboxPublisher } from '../outbox/outbox-publisher.js';
import { alertProductFollower } from '../stock-alerts/alert-products.js';
import { LowStockView } from '../stock-alerts/low-stock.js';
import { StockWatch } from '../stock-alerts/stock-watch.js';
import { keepTelling } from '../stock-alerts/waiting-alerts.js';
import { AlertList, trimAlerts } from './alert-list.js';

const TRIM_MS = 300_000;
const SEND_MS = 1_000;
const MUTES_MS = 5_000;

/** What the controllers of alerts are given. */
export interface AlertParts {
  readonly lowStock: LowStockView;
  readonly alerts: AlertList;
  readonly alertRules: AlertRulesService;
  readonly alertMutes: AlertMutesService;
  readonly webhooks: WebhooksService;
  readonly watch: StockWatch;
}

export interface Alerts {
  readonly parts: AlertParts;
  readonly chores: readonly Chore[];
  stop(): Promise<void>;
}

export interface AlertSurroundings {
  readonly locations: KnownLocations;
  readonly publisher: OutboxPublisher;
  readonly abc: AbcClasses;
  /** Between attempts to send an alert to a webhook. */
  readonly backOff: BackOff;
  readonly warn: (what: string) => (error: unknown) => void;
}

/** Starts what watches stock and work, keeps the alerts of all services, and sends them to receivers. */
export async function openAlerts(runtime: Runtime, { locations, publisher, abc, backOff, warn }: AlertSurroundings): Promise<Alerts> {
  const { config, logger, clock, database, eventStore, ledger, sealer } = runtime;
  const { pool } = database;
  const now = (): number => clock.now();
  const wake = (): void => publisher.nudge();

  const products = await followEvents(
    pool,
    eventStore,
    alertProductFollower(wake, now),
    now,
    warn('products could not be followed for alerts for a moment'),
  );
  const watch = new StockWatch(pool, wake, now, ({ tenant, sku }, error) =>
    logger.error({ err: error, tenant, sku }, 'an ATP figure cannot be stored and is left out'),
  );
  const stopTelling = keepTelling(watch, warn('alerts that wait could not be told for a moment'));
  const reweighing = new Reweighing(pool, wake, now, warn('stock could not be compared with a new rule and is compared again'));

  const attempts = new AttemptTable(pool);
  const targets = { allowPrivateAddresses: config.webhooksToPrivateAddresses };
  const client = new VendorClient(targets, CALL_TIMEOUT_MS);
  const onLost = warn('a call of a webhook could not be written down');
  const signing = sealer && { sealer, receivers: new Receivers(client, sealer, now, attempts, onLost) };
  const sending =
    signing &&
    new Sending({
      table: new DeliveryTable(pool),
      receivers: signing.receivers,
      everyMs: SEND_MS,
      backOff,
      onFault: warn('alerts could not be sent to webhooks for a moment'),
    });
  sending?.start();

  const wakeSending = (): void => sending?.nudge();
  const mutes = new MuteTable(pool, wakeSending);
  const troubles = new TroubleWatch(pool, wake, now);

  return {
    parts: {
      lowStock: new LowStockView(pool),
      alerts: new AlertList(pool, wakeSending, now),
      alertRules: new AlertRulesService({ table: new AlertRuleTable(pool), reweighing, locations, now }),
      alertMutes: new AlertMutesService(mutes, now),
      webhooks: new WebhooksService({ table: new WebhookTable(pool), attempts, signing, targets }),
      watch,
    },
    chores: [
      reweighing.chore,
      { name: 'alerts', everyMs: TRIM_MS, run: () => trimAlerts(pool) },
      { name: 'alert-mutes', everyMs: MUTES_MS, run: () => mutes.endThoseOver(now()) },
      ...alertSources(abc, ledger, locations).map((source) => troubles.chore(source)),
    ],
    stop: async () => {
      await sending?.stop();
      await client.close();
      await stopTelling();
      await reweighing.stop();
      await products.stop();
    },
  };
}
