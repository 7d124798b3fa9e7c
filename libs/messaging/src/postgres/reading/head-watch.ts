import { whenAborted } from '@holdfast/kit';

/** Stores the end of each head and wakes readers that wait for more. Updated by notifications, by own publications and by the slow poll. */
export class HeadWatch {
  private readonly ends = new Map<number, number>();
  private readonly waiting = new Map<number, Set<() => void>>();
  private readonly watched = new Map<number, number>();

  /** Heads that have readers, for the slow poll. */
  get heads(): number[] {
    return [...this.watched.keys()];
  }

  /** The slow poll includes the head until the returned function is called. */
  watch(head: number): () => void {
    this.watched.set(head, (this.watched.get(head) ?? 0) + 1);
    let watching = true;
    return () => {
      if (!watching) return;
      watching = false;
      const left = (this.watched.get(head) ?? 1) - 1;
      if (left > 0) this.watched.set(head, left);
      else this.watched.delete(head);
    };
  }

  isWatched(head: number): boolean {
    return this.watched.has(head);
  }

  endOf(head: number): number {
    return this.ends.get(head) ?? 0;
  }

  /** Takes `head:end,head:end,…` from the notification of a commit. */
  tell(ends: string): void {
    for (const entry of ends.split(',')) {
      const colon = entry.indexOf(':');
      if (colon > 0) this.raise(Number(entry.slice(0, colon)), Number(entry.slice(colon + 1)));
    }
  }

  raise(head: number, end: number): void {
    if (end <= this.endOf(head)) return;
    this.ends.set(head, end);
    const waiting = this.waiting.get(head);
    this.waiting.delete(head);
    for (const wake of waiting ?? []) wake();
  }

  /** Resolves when one of the heads has grown beyond the sequence number asked for, or when the signal aborts. */
  async beyond(wanted: ReadonlyMap<number, number>, signal: AbortSignal): Promise<void> {
    const grown = (): boolean => [...wanted].some(([head, seq]) => this.endOf(head) > seq);
    if (signal.aborted || grown()) return;
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    for (const head of wanted.keys()) this.waiting.set(head, (this.waiting.get(head) ?? new Set()).add(wake));
    const detach = whenAborted(signal, wake);
    await woken;
    detach();
    for (const head of wanted.keys()) this.waiting.get(head)?.delete(wake);
  }
}
