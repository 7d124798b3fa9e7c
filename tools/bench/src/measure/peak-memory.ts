const EVERY_MS = 100;
const MEBIBYTE = 1_048_576;

const mebibytes = (): number => process.memoryUsage.rss() / MEBIBYTE;

/** Memory of this process (RSS) before, while and after something runs. */
export class PeakMemory {
  readonly beforeMebibytes = mebibytes();
  peakMebibytes = this.beforeMebibytes;
  afterMebibytes = this.beforeMebibytes;
  private readonly timer = setInterval(() => this.look(), EVERY_MS);

  static start(): PeakMemory {
    return new PeakMemory();
  }

  stop(): void {
    clearInterval(this.timer);
    this.look();
    this.afterMebibytes = mebibytes();
  }

  /** For people: as it is now. */
  get now(): string {
    const { rss, heapUsed } = process.memoryUsage();
    return `RSS ${(rss / MEBIBYTE).toFixed(0)} MiB, heap ${(heapUsed / MEBIBYTE).toFixed(0)} MiB`;
  }

  private look(): void {
    this.peakMebibytes = Math.max(this.peakMebibytes, mebibytes());
  }
}
