/** A bar on a terminal, a line every ten seconds elsewhere; on standard error, so that results can be piped. */
export class Progress {
  private readonly beganAt = performance.now();
  private lastShownAt = 0;

  constructor(
    private readonly total: number,
    private readonly unit: string,
  ) {}

  show(done: number, note = ''): void {
    const now = performance.now();
    const everyMs = process.stderr.isTTY ? 200 : 10_000;
    if (now - this.lastShownAt < everyMs && done < this.total) return;
    this.lastShownAt = now;
    const seconds = (now - this.beganAt) / 1000;
    const rate = done / Math.max(seconds, 0.001);
    const left = rate > 0 ? (this.total - done) / rate : 0;
    const share = this.total === 0 ? 1 : done / this.total;
    const bar = '█'.repeat(Math.round(share * 30)).padEnd(30, '░');
    const text = `${bar} ${(share * 100).toFixed(1).padStart(5)} %  ${String(done)}/${String(this.total)} ${this.unit}  ${rate.toFixed(0)}/s  ${clock(left)} left ${note}`;
    process.stderr.write(process.stderr.isTTY ? `\r${text.padEnd(110)}` : `${text}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}

const clock = (seconds: number): string => `${String(Math.floor(seconds / 60))}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
