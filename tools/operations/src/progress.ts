const WIDTH = 30;
const EVERY_MS_ON_TERMINALS = 200;
const EVERY_MS_ELSEWHERE = 5_000;

/** A bar on a terminal, a line now and then elsewhere; on standard error, so that results can be piped. */
export class Progress {
  private readonly beganAt = performance.now();
  private readonly onTerminal = process.stderr.isTTY;
  private lastAt = 0;
  private label = '';

  /** @param share done of the whole, 0 to 1 */
  show(label: string, share: number, note: string): void {
    const now = performance.now();
    const pause = this.onTerminal ? EVERY_MS_ON_TERMINALS : EVERY_MS_ELSEWHERE;
    if (label === this.label && now - this.lastAt < pause) return;
    if (label !== this.label && this.label !== '' && this.onTerminal) process.stderr.write('\n');
    this.label = label;
    this.lastAt = now;
    const done = Math.min(1, Math.max(0, share));
    const bar = '█'.repeat(Math.round(done * WIDTH)).padEnd(WIDTH, '░');
    const seconds = ((now - this.beganAt) / 1000).toFixed(1);
    const text = `${label.padEnd(24)} ${bar} ${(done * 100).toFixed(0).padStart(3)} %  ${note}  ${seconds} s`;
    process.stderr.write(this.onTerminal ? `\r${text.padEnd(100)}` : `${text}\n`);
  }

  say(text: string): void {
    this.end();
    process.stderr.write(`${text}\n`);
  }

  end(): void {
    if (this.onTerminal && this.label !== '') process.stderr.write('\n');
    this.label = '';
  }
}

/** Share of the way to a position. */
export const shareOf = (position: bigint, target: bigint): number =>
  target < 0n ? 1 : Number(((position + 1n) * 10_000n) / (target + 1n)) / 10_000;
