import type { CancelTimer, Timers } from '@holdfast/kit';

/** Time that passes when everybody waits and no call is under way: then it is the time of the first of those who wait. */
export class VirtualTime implements Timers {
  private waiting: { readonly at: number; readonly go: () => void }[] = [];
  private underWay = 0;
  private looking = false;

  constructor(private at = Date.UTC(2026, 6, 1, 12)) {}

  readonly now = (): number => this.at;

  /** Moves on at once. */
  forward(ms: number): void {
    this.at += ms;
  }

  readonly wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.after(ms, resolve);
    });

  after(delayMs: number, run: () => void): CancelTimer {
    const one = { at: this.at + Math.max(0, delayMs), go: run };
    this.waiting.push(one);
    this.look();
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  }

  /** Looks each second of this time, as long as somebody else waits. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.wait(1_000);
  }

  /** A client whose calls hold time still. */
  holding<Request, Answer>(http: { call(request: Request): Promise<Answer> }): { call(request: Request): Promise<Answer> } {
    return {
      call: async (request) => {
        this.underWay += 1;
        try {
          return await http.call(request);
        } finally {
          this.underWay -= 1;
          this.look();
        }
      },
    };
  }

  private look(): void {
    if (this.looking) return;
    this.looking = true;
    setImmediate(() => {
      this.looking = false;
      if (this.underWay > 0) return;
      const first = [...this.waiting].sort((one, other) => one.at - other.at)[0];
      if (first === undefined) return;
      this.waiting = this.waiting.filter((one) => one !== first);
      this.at = Math.max(this.at, first.at);
      first.go();
      this.look();
    });
  }
}
