import type { VendorHttp } from '../src/providers/tools.js';
import type { TestTime } from './provider-tools.js';

/** Time that passes when everybody waits and no call is under way: then it is the time of the first of those who wait. */
export class VirtualTime implements TestTime {
  private waiting: { readonly at: number; readonly go: () => void }[] = [];
  private underWay = 0;

  constructor(private at = Date.UTC(2026, 6, 1, 12)) {}

  readonly now = (): number => this.at;

  /** Moves on at once. */
  forward(ms: number): void {
    this.at += ms;
  }

  readonly wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.waiting.push({ at: this.at + ms, go: resolve });
      this.look();
    });

  /** A client whose calls hold time still. */
  holding(http: VendorHttp): VendorHttp {
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
    setImmediate(() => {
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
