import type { Resources } from '../generated/resources.js';
import type { CallOptions } from '../requests/call.js';
import type { QueryOf } from '../types.js';

/** What there is to ask about one SKU. */
export class Sku {
  constructor(
    private readonly api: Resources,
    readonly sku: string,
  ) {}

  /** The steps that a figure is made of, each with its events. */
  explain(query?: QueryOf<'stockFigures.explain'>, options?: CallOptions) {
    return this.api.stockFigures.explain(this.sku, query, options);
  }

  /** Stock as it was, and as it was known. */
  asOf(query?: QueryOf<'stockAsOf.get'>, options?: CallOptions) {
    return this.api.stockAsOf.get(this.sku, query, options);
  }

  events(query?: QueryOf<'stockEvents.list'>, options?: CallOptions) {
    return this.api.stockEvents.list(this.sku, query, options);
  }

  /** Balances by location. */
  levels(options?: CallOptions) {
    return this.api.products.getLevels(this.sku, options);
  }

  /** What each channel shows. */
  channels(options?: CallOptions) {
    return this.api.masterInventory.compareChannels(this.sku, options);
  }

  /** Who wanted it at the same time, and who was served first. */
  contenders(query?: QueryOf<'contenders.list'>, options?: CallOptions) {
    return this.api.contenders.list(this.sku, query, options);
  }

  certificate(query?: QueryOf<'certificates.get'>, options?: CallOptions) {
    return this.api.certificates.get(this.sku, query, options);
  }
}
