import type { EventStore } from '@holdfast/event-store';
import { certificateJson, certify, stockStream, type SkuRef } from '@holdfast/ledger';
import { unknownSkus } from '@holdfast/platform';

/** Certificates of SKUs, read from their streams. */
export class Certificates {
  constructor(private readonly store: EventStore) {}

  /**
   * The text of a certificate, made as it is read.
   * @param upTo newest revision wanted
   * @throws Problem 404 `unknown_sku`; EventStoreUnavailable
   */
  async of(ref: SkuRef, upTo?: number): Promise<AsyncIterable<string>> {
    const first = await this.store.readStream(stockStream(ref), { limit: 1 });
    if (first.length === 0) throw unknownSkus([ref.sku]);
    return certificateJson(certify(this.store, ref, upTo === undefined ? {} : { upTo }));
  }
}
