import type { CleanYear, Happening } from './clean.js';
import type { Receipt, ReplayedErp } from './erp.js';
import { DAY } from './scenario.js';
import type { Shop } from './shop.js';
import { weekOf, type WeeklyDemand } from './supply.js';
import type { Task, WarehousePerson } from './warehouse/warehouse-person.js';

export interface Play {
  readonly year: CleanYear;
  readonly demand: WeeklyDemand;
  readonly erp: ReplayedErp;
  readonly shop: Shop;
  /** Who keeps lots, blocks and counts; undefined where nobody does. */
  readonly person?: WarehousePerson;
  /** Splits a week's receipt of a SKU over its warehouses. */
  readonly receiptsOf: (sku: string, units: number, week: number) => readonly Receipt[];
  /** Share of the week's demand that is received. */
  readonly tightness: number;
  readonly ordersInFlight: number;
  readonly onLines: (count: number) => void;
}

/** Plays the year day by day: deliveries on a week's first day, orders all day, postings in the evening, a count on a week's last. */
export async function play(playing: Play): Promise<void> {
  let week = -1;
  for (const [day, happenings] of byDay(playing.year.happenings)) {
    const morning = day * DAY;
    const newWeek = weekOf(morning);
    if (newWeek !== week) {
      if (week >= 0) await playing.erp.count(morning - 1);
      await receiveFor(playing, newWeek, morning);
      week = newWeek;
    }
    await playing.erp.sendDelayed(morning);
    const tasks = (await playing.person?.morning(day, happenings.length)) ?? [];
    const acts = happenings.map((happening) => () => act(playing, happening));
    await inFlight(spread(acts, tasks), playing.ordersInFlight, (task) => task());
    await playing.erp.post(morning + 22 * 3_600_000, [...playing.shop.takePostings(), ...(playing.person?.takePostings() ?? [])]);
  }
  const end = (playing.year.happenings.at(-1)?.at ?? 0) + DAY;
  await playing.erp.count(end);
  await playing.erp.sendDelayed(Number.MAX_SAFE_INTEGER);
  await playing.erp.finish();
}

async function receiveFor(playing: Play, week: number, morning: number): Promise<void> {
  const receipts = [...(playing.demand.get(week) ?? new Map<string, number>())].flatMap(([sku, units]) =>
    playing.receiptsOf(sku, Math.floor(units * playing.tightness), week),
  );
  if (receipts.length > 0) await playing.erp.receive(morning + 6 * 3_600_000, receipts);
}

async function act(playing: Play, happening: Happening): Promise<void> {
  switch (happening.kind) {
    case 'sale':
      await playing.shop.sell(happening);
      playing.onLines(happening.lines.length);
      return;
    case 'return':
      await playing.shop.takeBack(happening);
      playing.onLines(1);
      return;
    case 'adjustment':
      await playing.shop.adjustStock(happening);
      playing.onLines(1);
  }
}

function byDay(happenings: readonly Happening[]): Map<number, Happening[]> {
  const days = new Map<number, Happening[]>();
  for (const happening of happenings) {
    const day = Math.floor(happening.at / DAY);
    const ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, [happening]);
    else ofDay.push(happening);
  }
  return days;
}

/** What the warehouse does comes evenly between what the shop does. */
function spread(acts: readonly Task[], tasks: readonly Task[]): readonly Task[] {
  const every = acts.length / (tasks.length + 1);
  return [...acts.map((act, index) => ({ at: index, act })), ...tasks.map((act, index) => ({ at: (index + 1) * every, act }))]
    .toSorted((one, other) => one.at - other.at)
    .map(({ act }) => act);
}

/** Works through a list, so many at a time, begun in order. */
async function inFlight<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
