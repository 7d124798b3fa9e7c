import { createHash, randomUUID } from 'node:crypto';

/** Ids in Amazon's forms. They differ between two simulators, because a consumer remembers notification ids for weeks. */
export class AmazonIds {
  private made = 0;

  constructor(private readonly run: string = randomUUID()) {}

  uuid(): string {
    const hex = this.hash();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  }

  order(): string {
    return `${this.digits(3)}-${this.digits(7)}-${this.digits(7)}`;
  }

  digits(count: number): string {
    return (BigInt(`0x${this.hash()}`) % 10n ** BigInt(count)).toString().padStart(count, '0');
  }

  /** A catalog number: ten letters and figures, the first a B. */
  asin(): string {
    return `B0${this.hash().slice(0, 8).toUpperCase()}`;
  }

  private hash(): string {
    return createHash('sha256')
      .update(`${this.run}:${String((this.made += 1))}`)
      .digest('hex');
  }
}
