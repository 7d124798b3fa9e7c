import { Life, type Random, type VirtualTime } from '@holdfast/simulation';
import type { RunningProcess } from './process.js';

const RESTART_MS = { least: 20, most: 700 } as const;
const MOST_CALLS_TO_DEATH = 8;

/** Several processes of a service; each is started again after its death. */
export class Fleet<Process = RunningProcess> {
  readonly #running: (Process | undefined)[];
  readonly #lives: (Life | undefined)[];
  deaths = 0;

  constructor(
    private readonly world: { readonly time: VirtualTime; readonly random: Random },
    private readonly size: number,
    /** Rejects where an engine fails; the process is then started again. */
    private readonly start: (life: Life) => Promise<Process>,
  ) {
    this.#running = new Array<undefined>(size).fill(undefined);
    this.#lives = new Array<undefined>(size).fill(undefined);
    for (let index = 0; index < size; index += 1) this.#begin(index);
  }

  /** A running process; undefined if the requested one is down. */
  any(): Process | undefined {
    return this.#running[this.world.random.between(0, this.size - 1)];
  }

  /** Kills one process at once, or a few engine calls later. */
  kill(): void {
    const life = this.#lives[this.world.random.between(0, this.size - 1)];
    if (this.world.random.chance(0.3)) life?.end();
    else life?.endAfterCalls(this.world.random.between(1, MOST_CALLS_TO_DEATH));
  }

  #begin(index: number): void {
    const life = new Life(this.world.time, () => {
      this.deaths += 1;
      this.#restart(index);
    });
    this.#lives[index] = life;
    this.start(life).then(
      (process) => {
        this.#running[index] = process;
      },
      () => life.end(),
    );
  }

  #restart(index: number): void {
    this.#running[index] = undefined;
    const { time, random } = this.world;
    time.after(random.between(RESTART_MS.least, RESTART_MS.most), () => this.#begin(index));
  }
}
