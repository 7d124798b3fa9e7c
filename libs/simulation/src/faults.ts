import type { Random } from './random.js';

/** The outcome of one call of an engine. */
export type Fate =
  | { readonly kind: 'served'; readonly thereMs: number; readonly backMs: number }
  /** It has no effect, and the caller gets an error that the engine could not be reached. */
  | { readonly kind: 'fails'; readonly afterMs: number }
  /** It takes effect, and the caller gets an error that the outcome is unknown. */
  | { readonly kind: 'loses answer'; readonly thereMs: number; readonly backMs: number }
  /** The caller gets an error that the outcome is unknown, and the effect comes later. */
  | { readonly kind: 'takes effect late'; readonly toldMs: number; readonly thereMs: number };

export interface FaultRates {
  readonly fails: number;
  readonly losesAnswer: number;
  readonly takesEffectLate: number;
  /** Rate of slow calls. */
  readonly slow: number;
}

/** Chooses the outcome of every call from a seed. Calls succeed before `storm` and from `calm` on. */
export class Faults {
  readonly #random: Random;
  #calm = true;
  #awayUntil = Number.NEGATIVE_INFINITY;

  constructor(
    random: Random,
    private readonly rates: FaultRates,
    private readonly now: () => number,
  ) {
    this.#random = random;
  }

  storm(): void {
    this.#calm = false;
  }

  /** How long the engine cannot be reached. */
  outage(ms: number): void {
    this.#awayUntil = this.now() + ms;
  }

  calm(): void {
    this.#calm = true;
    this.#awayUntil = Number.NEGATIVE_INFINITY;
  }

  next(): Fate {
    const random = this.#random;
    if (this.#calm) return { kind: 'served', thereMs: random.next(), backMs: random.next() };
    if (this.now() < this.#awayUntil) return { kind: 'fails', afterMs: random.between(1, 50) };
    const thereMs = this.#delay();
    const backMs = this.#delay();
    const { fails, losesAnswer, takesEffectLate } = this.rates;
    const drawn = random.next();
    if (drawn < fails) return { kind: 'fails', afterMs: thereMs };
    if (drawn < fails + losesAnswer) return { kind: 'loses answer', thereMs, backMs };
    if (drawn < fails + losesAnswer + takesEffectLate) {
      return { kind: 'takes effect late', toldMs: thereMs, thereMs: thereMs + random.between(1, 400) };
    }
    return { kind: 'served', thereMs, backMs };
  }

  #delay(): number {
    return this.#random.chance(this.rates.slow) ? this.#random.between(20, 300) : this.#random.next() * 4;
  }
}
