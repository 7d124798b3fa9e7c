import type { HookTarget } from '../simulator.js';

export interface HookMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TIMEOUT_MS = 5_000;
/** Tries of one message; vendors make between three and nineteen. */
const TRIES = 3;
const DELAYED_MS = 300;
/** Messages on the line at the same time; a write of many listings makes as many messages. */
const AT_ONCE = 16;

/** Posts a vendor's webhooks in the background and repeats those that were not taken. */
export class HookSender {
  private target: HookTarget | undefined;
  private underWay = new Set<Promise<void>>();
  private posting = 0;
  private readonly queue: (() => void)[] = [];
  /** Statuses of the answers, oldest first; 0 where there was none. */
  readonly answers: number[] = [];

  sendTo(target: HookTarget): void {
    this.target = target;
  }

  send(message: HookMessage): void {
    if (this.target === undefined) return;
    const fate = this.target.fate?.() ?? 'deliver';
    if (fate === 'lose') return;
    const { url } = this.target;
    this.start(() => this.post(url, message), fate === 'delay' ? DELAYED_MS : 0);
    if (fate === 'double') this.start(() => this.post(url, message), 0);
  }

  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled([...this.underWay]);
  }

  private start(work: () => Promise<void>, delayMs: number): void {
    const running: Promise<void> = new Promise<void>((resolve) => setTimeout(resolve, delayMs))
      .then(() => this.inTurn(work))
      .finally(() => {
        this.underWay.delete(running);
      });
    this.underWay.add(running);
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    if (this.posting >= AT_ONCE) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.posting += 1;
    // Whoever is next takes over the place.
    await work().finally(() => (this.queue.shift() ?? (() => (this.posting -= 1)))());
  }

  private async post(url: string, { headers, body }: HookMessage): Promise<void> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const status = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 0,
      );
      this.answers.push(status);
      if (status >= 200 && status < 300) return;
    }
  }
}
