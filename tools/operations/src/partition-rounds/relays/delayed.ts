import { Transform, type TransformCallback } from 'node:stream';

interface Waiting {
  readonly chunk: Buffer;
  readonly due: number;
}

/** Passes bytes on in their order, each so late as the delay was when it came. */
export class Delayed extends Transform {
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private whenEmpty: TransformCallback | undefined;

  /** @param delayMs asked at each chunk */
  constructor(private readonly delayMs: () => number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const ms = this.delayMs();
    if (ms === 0 && this.waiting.length === 0) return done(null, chunk);
    this.waiting.push({ chunk, due: performance.now() + ms });
    this.passOn();
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.waiting.length === 0) return done();
    this.whenEmpty = done;
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.timer);
    done(error);
  }

  private passOn(): void {
    clearTimeout(this.timer);
    const now = performance.now();
    for (let next = this.waiting[0]; next !== undefined && next.due <= now; next = this.waiting[0]) {
      this.waiting.shift();
      this.push(next.chunk);
    }
    const [next] = this.waiting;
    if (next === undefined) this.whenEmpty?.();
    else this.timer = setTimeout(() => this.passOn(), Math.max(1, next.due - now));
  }
}
