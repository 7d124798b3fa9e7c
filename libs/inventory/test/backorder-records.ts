interface Order {
  readonly held: Map<string, number>;
  waiting: number;
  /** The only location that may serve it. */
  readonly only: string | undefined;
  readonly ttlMs: number;
  expiresAt: number;
  /** Until when the caller was told that units are held; 0 for not yet. */
  told: number;
}

interface Delivery {
  readonly to: string;
  readonly units: number;
  arrived: number;
  readonly expectedAt: number;
}

/** A unit that is to come: where to, and when. */
interface Coming {
  readonly to: string;
  readonly expectedAt: number;
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

/** A plain model of a SKU with deliveries and waiting reservations: unit by unit, from the documentation only, without code of the decider. */
export class BackorderRecords {
  now = 0;
  mostWaiting = 0;
  graceMs = 0;
  readonly stock = new Map<string, number>();
  readonly deliveries = new Map<string, Delivery>();
  /** Open orders, first come first. */
  readonly orders = new Map<string, Order>();

  /** Whether its time is over for everybody: it holds something. */
  isOver({ held, expiresAt }: Order): boolean {
    return sum(held.values()) > 0 && expiresAt <= this.now;
  }

  /** What nobody holds; what is over holds until somebody writes its end down. */
  free(location: string): number {
    return Math.max(0, this.#unheld(location));
  }

  #unheld(location: string): number {
    return (this.stock.get(location) ?? 0) - sum([...this.orders.values()].map(({ held }) => held.get(location) ?? 0));
  }

  /** Of that, what a newcomer or the line may have: what one location owes stays at the others. */
  freeFor(only: string | undefined): number {
    const unheld = [...this.stock.keys()].map((location) => this.#unheld(location));
    return Math.min(Math.max(0, sum(unheld)), only === undefined ? Number.POSITIVE_INFINITY : this.free(only));
  }

  /** Who waits, first come first. */
  queue(): [string, Order][] {
    return [...this.orders].filter(([, order]) => order.waiting > 0 && !this.isOver(order));
  }

  /** Whose turn it is: the first in the line that the free units can serve. */
  turn(): [string, Order] | undefined {
    return this.queue().find(([, { only }]) => this.freeFor(only) > 0);
  }

  /** Units that are to come, soonest first, without those that are too late. */
  coming(): Coming[] {
    return [...this.deliveries.values()]
      .filter(({ expectedAt }) => this.now < expectedAt + this.graceMs)
      .sort((one, other) => one.expectedAt - other.expectedAt)
      .flatMap(({ to, units, arrived, expectedAt }) => Array.from({ length: Math.max(0, units - arrived) }, () => ({ to, expectedAt })));
  }

  /** Hands the units to come out along the line, one by one; says what each order gets and what is left. */
  assign(): { readonly dates: ReadonlyMap<string, readonly number[]>; readonly left: readonly Coming[] } {
    const coming = this.coming();
    const dates = new Map<string, number[]>();
    // An order that is over by the clock keeps its place on the promise until somebody writes its end down.
    for (const [id, { waiting, only }] of [...this.orders].filter(([, order]) => order.waiting > 0)) {
      const got: number[] = [];
      for (let unit = 0; unit < waiting; unit += 1) {
        const next = coming.findIndex(({ to }) => only === undefined || to === only);
        if (next >= 0) got.push(...coming.splice(next, 1).map(({ expectedAt }) => expectedAt));
      }
      dates.set(id, got);
    }
    return { dates, left: coming };
  }

  waitingUnits(): number {
    return sum([...this.orders.values()].map(({ waiting }) => waiting));
  }

  /** Units that somebody who comes now could wait for. */
  mayWait(only: string | undefined): number {
    const { left } = this.assign();
    const mine = left.filter(({ to }) => only === undefined || to === only).length;
    return Math.max(0, Math.min(mine, this.mostWaiting - this.waitingUnits()));
  }

  /** What a receipt is, by the documentation: what it names, else what is expected there, soonest first. */
  receive(to: string, units: number, named: string | undefined): void {
    this.stock.set(to, (this.stock.get(to) ?? 0) + units);
    const known = [...this.deliveries].filter(([reference, delivery]) => (named === undefined ? delivery.to === to : reference === named));
    let rest = units;
    for (const [, delivery] of known.sort(([, one], [, other]) => one.expectedAt - other.expectedAt)) {
      const arrived = Math.min(rest, Math.max(0, delivery.units - delivery.arrived));
      delivery.arrived += arrived;
      rest -= arrived;
    }
  }
}
