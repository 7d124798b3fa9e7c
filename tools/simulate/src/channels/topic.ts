import type { DesiredFigure } from '@holdfast/channel-connector';
import type { Fleet } from '../fleet.js';
import type { ChannelProcess } from './channel-process.js';
import { LOCATIONS, refOf, type Kind } from './set-up.js';
import { SKUS, type ChannelWorld } from './world.js';

const MOST_DELAY_MS = 1_500;
const TRY_AGAIN_MS = 200;

/** The topic of what channels may promise: tells each figure once or twice, late, in any order, to whichever process lives. */
export class FigureTopic {
  /** The newest figure of each SKU. */
  readonly newest = new Map<string, number>();
  /** Deliveries that are not taken yet. */
  waiting = 0;
  private position = 0;

  constructor(
    private readonly world: ChannelWorld,
    private readonly fleet: Fleet<ChannelProcess>,
    private readonly kinds: readonly Kind[],
  ) {}

  /** Changes figures until then. */
  async work(until: number): Promise<void> {
    const { time, random } = this.world;
    while (time.now() < until) {
      this.publish([random.pick(SKUS)], () => this.figure());
      await time.sleep(random.pick([20, 300, 1_200]));
    }
  }

  publish(skus: readonly string[], figureOf: (sku: string) => number, mostDelayMs = MOST_DELAY_MS): void {
    const { time, random } = this.world;
    const figures = skus.flatMap((sku) => {
      const quantity = figureOf(sku);
      this.newest.set(sku, quantity);
      return this.kinds.map((kind) => this.told(kind, sku, quantity));
    });
    const times = mostDelayMs > 0 && random.chance(0.3) ? 2 : 1;
    for (let time_ = 0; time_ < times; time_ += 1) {
      this.waiting += 1;
      time.after(random.between(0, mostDelayMs), () => void this.deliver(figures));
    }
  }

  private told(kind: Kind, sku: string, quantity: number): DesiredFigure {
    this.position += 1;
    const [first, second] = LOCATIONS;
    const there = this.world.random.between(0, quantity);
    const parts = { [first.locationId]: there, [second.locationId]: quantity - there };
    return { ...refOf(kind), sku, quantity, parts, position: String(this.position), version: this.position };
  }

  /** Zeros and scarce figures are as many as others. */
  private figure(): number {
    const { random } = this.world;
    if (random.chance(0.2)) return 0;
    return random.chance(0.25) ? random.between(1, 10) : random.between(11, 5_000);
  }

  private async deliver(figures: readonly DesiredFigure[]): Promise<void> {
    const process = this.fleet.any();
    const taken = await Promise.race([
      process?.take(figures).then(
        () => true,
        () => false,
      ) ?? false,
      process?.life.ended.then(() => false) ?? false,
    ]);
    if (taken) this.waiting -= 1;
    else this.world.time.after(TRY_AGAIN_MS, () => void this.deliver(figures));
  }
}
