import { LevelPublisher, Reappraisals } from '@holdfast/ingestion';
import { BusUnavailable, type MessageBatch, type OutgoingMessage } from '@holdfast/messaging';
import { consume, reach, type Life } from '@holdfast/simulation';
import { TENANT, type World } from '../world.js';
import { simulatedFigures } from './kept-figures.js';
import { CONNECTION } from './kept-intake.js';

const GROUP = 'pollers';
const POLLER = { tenant: TENANT, connectionId: CONNECTION, postingLagMs: null, settledAtMs: 0 };
const EVERY_MS = { least: 300, most: 2_500 } as const;

const unknown = (): Error => new BusUnavailable('the simulated bus did not answer');

/** Starts the poller of the ERP in the process, with the service's own filter of figures over simulated engines. */
export function startPolling(world: World, life: Life): void {
  const { plant, faults, time, erpTopic, stockEvents } = world;
  const kept = simulatedFigures(world.figures, life, faults);
  const figures = plant?.figures?.(kept) ?? kept;
  const publish = (_: string, messages: readonly OutgoingMessage[]): Promise<void> =>
    reach(life, faults, async () => Promise.resolve(erpTopic.publish(messages)), unknown);
  const routing = { current: () => Promise.resolve(world.intake.routing()) };
  const levels = new LevelPublisher({ bus: { publish }, routing, figures, clock: time });
  const reappraisals = new Reappraisals(figures);
  const onBatch = (batch: MessageBatch): Promise<void> => reappraisals.take(batch.messages);
  const options = { group: GROUP, topics: [stockEvents.name], onBatch };
  consume(stockEvents, { life, faults, random: world.random.fork(), options, publish });
  void pollOften(world, life, levels);
}

/** As in the service at most one process polls, as long as it lives. A poll that fails is followed by the next one. */
async function pollOften(world: World, life: Life, levels: LevelPublisher): Promise<void> {
  const random = world.random.fork();
  while (life.alive) {
    await life.sleep(random.between(EVERY_MS.least, EVERY_MS.most));
    if (world.figures.polledBy?.alive === true && world.figures.polledBy !== life) continue;
    world.figures.polledBy = life;
    const { figures, asOf } = world.erpStock();
    await levels.tell(POLLER, figures, { asOf, skewMs: 0 }).catch(() => undefined);
  }
}
