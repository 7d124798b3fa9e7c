import { BusUnavailable, type OutgoingMessage } from '@holdfast/messaging';
import { Intake, LedgerWriter, Unparking, type IntakeMetrics } from '@holdfast/ingestion';
import { LotCalendar, type SkuLedger } from '@holdfast/ledger';
import { createLogger } from '@holdfast/platform';
import { consume, reach, type Life } from '@holdfast/simulation';
import type { World } from '../world.js';
import { simulatedTables } from './kept-intake.js';

const GROUP = 'ingestion';
const SWEEP_MS = 2_000;

const logger = createLogger({ logLevel: 'fatal' }, 'simulation');
const nothing = (): void => undefined;
const metrics: IntakeMetrics = { count: nothing, lag: nothing, parked: nothing, deadLetter: nothing };
const NO_ZONES = new LotCalendar({ find: () => Promise.resolve(undefined) });
/** No location keeps arrivals off sale. */
const NO_BINS = { find: () => undefined };
const unknown = (): Error => new BusUnavailable('the simulated bus did not answer');

/** Starts the consumption of ERP messages in the process: the service's own intake, parking and routing over simulated engines. */
export function startIngestion(world: World, life: Life, ledger: SkuLedger): void {
  const { plant, faults, time, erpTopic, deadLetters } = world;
  const kept = simulatedTables(world.intake, life, faults);
  const tables = plant?.tables?.(kept) ?? kept;
  const writer = new LedgerWriter(plant?.ingestionLedger?.(ledger) ?? ledger, time, NO_ZONES, NO_BINS, (ms) => life.sleep(ms));
  const publish = (topic: string, messages: readonly OutgoingMessage[]): Promise<void> =>
    reach(life, faults, async () => Promise.resolve((topic === erpTopic.name ? erpTopic : deadLetters).publish(messages)), unknown);
  const bus = { publish };
  const autoMapping = { map: () => Promise.resolve(false), mapWarehouses: () => Promise.resolve(false) };
  const unparking = new Unparking({ parked: tables.parked, writer, bus, autoMapping, metrics, logger, clock: time });
  const { inbox, routing } = tables;
  const intake = new Intake({ bus, inbox, routing, autoMapping, writer, metrics, clock: time, onWaiting: () => unparking.kick() });

  const options = {
    group: GROUP,
    topics: [erpTopic.name],
    deadLetterTopic: deadLetters.name,
    onBatch: (batch: Parameters<Intake['take']>[0]) => intake.take(batch),
  };
  const store = plant?.offsetsFirst === true ? 'before' : 'after';
  consume(erpTopic, { life, faults, random: world.random.fork(), options, publish, store });
  void sweep(life, unparking);
}

async function sweep(life: Life, unparking: Unparking): Promise<void> {
  while (life.alive) {
    unparking.kick();
    await life.sleep(SWEEP_MS);
  }
}
