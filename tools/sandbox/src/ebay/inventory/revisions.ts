import type { SandboxClock } from '../../sandbox-clock.js';
import { dayOf } from '../calendar-day.js';

/** How often each listing was revised today. */
export class Revisions {
  private day = '';
  private counts = new Map<string, number>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly mostPerDay: number,
  ) {}

  of(listingId: string): number {
    this.turn();
    return this.counts.get(listingId) ?? 0;
  }

  left(listingId: string): boolean {
    return this.of(listingId) < this.mostPerDay;
  }

  note(listingId: string): void {
    this.counts.set(listingId, this.of(listingId) + 1);
  }

  private turn(): void {
    const today = dayOf(this.clock.now());
    if (today === this.day) return;
    this.day = today;
    this.counts.clear();
  }
}
