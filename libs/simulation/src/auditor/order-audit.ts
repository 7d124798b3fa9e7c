import { numberOf, recordsOf, sum, unitsOf, type Fact } from './facts.js';

const TERMINAL = new Set(['OrderRefused', 'OrderCommitFailed', 'OrderReleased', 'OrderExpired']);

const WAITING = new Set(['OrderHeld', 'OrderCommitted', 'OrderReduced']);

/** One order over several SKUs, as its stream tells it. */
export class OrderAudit {
  readonly #committed = new Map<string, number>();
  #last = '';
  #open = 0;
  #expiresAt = 0;
  #ttlMs = 0;

  observe(fact: Fact): readonly string[] {
    const faults = this.ended ? [`${fact.type} after ${this.#last}`] : [];
    if (fact.type !== 'OrderExtended') this.#last = fact.type;
    if (fact.type === 'OrderStarted') this.#ttlMs = numberOf(fact, 'ttlMs');
    if (typeof fact.data['expiresAt'] === 'number') this.#expiresAt = numberOf(fact, 'expiresAt');
    if (fact.type === 'OrderHeld')
      this.#open = sum(recordsOf(fact, 'lines').map((data) => ({ quantity: sum(unitsOf({ data }, 'takes')) })));
    if (fact.type === 'OrderCommitted') {
      this.#open = numberOf(fact, 'openUnits');
      for (const data of recordsOf(fact, 'lines')) {
        const sku = String(data['sku']);
        this.#committed.set(sku, this.committed(sku) + sum(unitsOf({ data }, 'takes')));
      }
    }
    return faults;
  }

  get ttlMs(): number {
    return this.#ttlMs;
  }

  get ended(): boolean {
    return TERMINAL.has(this.#last) || (this.#last === 'OrderCommitted' && this.#open === 0);
  }

  get last(): string {
    return this.#last;
  }

  /** Units that the order sold. */
  committed(sku: string): number {
    return this.#committed.get(sku) ?? 0;
  }

  /** Whether it waits for its caller and is not overdue. */
  waits(now: number): boolean {
    return WAITING.has(this.#last) && this.#expiresAt > now;
  }
}
