import { expectStatus, type ApiClient } from '../api-client.js';
import { StockCount } from '../expected-stock.js';
import type { Posting } from '../erp.js';
import type { Scenario } from '../scenario.js';
import type { LotAtLocation, LotRef } from './lot-book.js';

const COUNTS = '/api/inventory/cycle-count';
const MISSING = 0.5;

interface CountedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly status: string;
  readonly bookQuantity?: number | null;
  readonly delta?: number | null;
}

interface CountAnswer {
  readonly batch: { readonly id: string; readonly status: string };
  readonly lines: readonly CountedLine[];
}

interface FoundLine {
  readonly lot: LotRef;
  /** Units more than recorded, negative for less. */
  readonly difference: number;
}

/** A batch that was counted and is not submitted yet, with what each line found. */
export interface OpenCount {
  readonly batchId: string;
  readonly locationId: string;
  readonly found: ReadonlyMap<string, FoundLine>;
}

/** Counts lots before the shop opens and submits them while it sells. A count books what it found, whatever was sold meanwhile. */
export class CountSheet {
  readonly counts = { batches: 0, lines: 0 };
  /** Units that counts found to be missing. */
  readonly booked = new StockCount();
  readonly differences: string[] = [];
  readonly #postings: Posting[] = [];

  constructor(
    private readonly api: ApiClient,
    private readonly scenario: Scenario,
    private readonly random: () => number,
    /** Told of each difference that was booked. */
    private readonly onBooked: (lot: LotRef, difference: number) => void,
  ) {}

  /** Differences since the last call; the ERP posts them under the batch. */
  takePostings(): Posting[] {
    return this.#postings.splice(0);
  }

  /** The lots are at one location and of different SKUs. */
  async open(key: string, locationId: string, lots: readonly LotAtLocation[]): Promise<OpenCount> {
    const { prefix } = this.scenario;
    const lines = lots.map(({ sku, lotId }) => ({ sku: prefix + sku, lotId }));
    const created = await this.api.post(COUNTS, { locationId, blind: false, lines }, `${prefix}${key}`);
    const { batch } = expectStatus<Pick<CountAnswer, 'batch'>>(created, `count ${key}`, 201);
    const asked = lines.map((_, index) => ({ lineId: String(index + 1), quantity: 0 }));
    // The shelf has what is recorded, or one less: so the record is read by a first count, which the second replaces.
    const first = await this.act(batch.id, `${key}-look`, { action: 'record', lines: asked });
    const found = new Map<string, FoundLine>();
    const counted = first.lines.map(({ lineId, bookQuantity }) => {
      const there = bookQuantity ?? 0;
      const missing = there > 0 && this.random() < MISSING ? 1 : 0;
      const lot = lots[Number(lineId) - 1];
      if (lot !== undefined) found.set(lineId, { lot, difference: -missing });
      return { lineId, quantity: there - missing };
    });
    await this.act(batch.id, `${key}-count`, { action: 'record', lines: counted });
    return { batchId: batch.id, locationId, found };
  }

  async submit(key: string, { batchId, locationId, found }: OpenCount): Promise<void> {
    const { lines, batch } = await this.act(batchId, key, { action: 'submit' });
    if (batch.status !== 'resolved') this.differences.push(`count ${batchId}: is ${batch.status} after its lines were submitted`);
    for (const { lineId, sku, status, delta } of lines) {
      const line = found.get(lineId);
      const wanted = line?.difference ?? 0;
      const plain = sku.slice(this.scenario.prefix.length);
      if (delta !== wanted) this.differences.push(`count of ${plain}: found ${String(wanted)}, booked ${String(delta)} (${status})`);
      this.booked.add(plain, locationId, delta ?? 0);
      if (delta && line !== undefined) this.onBooked(line.lot, delta);
      if (delta) this.#postings.push({ sku: plain, locationId, quantity: -delta, documentId: batchId });
    }
    this.counts.batches += 1;
    this.counts.lines += lines.length;
  }

  private async act(batchId: string, key: string, body: object): Promise<CountAnswer> {
    const answer = await this.api.post(`${COUNTS}/${encodeURIComponent(batchId)}`, body, this.scenario.prefix + key);
    return expectStatus<CountAnswer>(answer, `count ${key}`, 200);
  }
}
