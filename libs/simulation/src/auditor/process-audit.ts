import { numberOf, recordsOf, textOf, type Fact } from './facts.js';

const LAST_OF_TRANSFERS: ReadonlySet<string> = new Set([
  'TransferCreated',
  'ShipmentFailed',
  'Shipped',
  'ReceiptRecorded',
  'Cancelled',
  'Closed',
]);

interface Line {
  readonly quantity: number;
  /** Units that arrived, of those on their way. */
  arrived: number;
}

/** Checks the stream of one transfer, and what its SKUs did for it. */
export class TransferAudit {
  readonly #lines = new Map<string, Line>();
  readonly #shipments = new Set<string>();
  readonly #receipts = new Set<string>();
  #last = '';

  /** @returns the faults of this event of its own stream */
  observe(fact: Fact): readonly string[] {
    const faults: string[] = [];
    if (fact.type === 'TransferCreated')
      for (const data of recordsOf(fact, 'lines'))
        this.#lines.set(textOf({ data }, 'sku'), { quantity: numberOf({ data }, 'quantity'), arrived: 0 });
    if (fact.type === 'ShipmentStarted') this.#shipments.add(textOf(fact, 'shipmentId'));
    if (fact.type === 'ReceiptStarted') {
      const receiptId = textOf(fact, 'receiptId');
      if (this.#receipts.has(receiptId)) faults.push(`receipt ${receiptId} was started twice`);
      this.#receipts.add(receiptId);
      faults.push(...this.#arrive(fact));
    }
    if (this.#last === 'Closed' || this.#last === 'Cancelled') faults.push(`${fact.type} after it had ended`);
    this.#last = fact.type;
    return faults;
  }

  /** Ids under which its SKUs shipped. */
  get shipments(): ReadonlySet<string> {
    return this.#shipments;
  }

  /** Faults long after the last step. @param onTheirWay units of all its shipments in the SKUs' streams */
  settled(onTheirWay: number): readonly string[] {
    if (!LAST_OF_TRANSFERS.has(this.#last)) return [`is neither ended nor waiting for somebody: ${this.#last}`];
    const open = [...this.#lines.values()].reduce((units, { quantity, arrived }) => units + quantity - arrived, 0);
    const left = this.#last === 'Shipped' || this.#last === 'ReceiptRecorded' ? open : 0;
    return left === onTheirWay ? [] : [`has ${left} units on their way, its SKUs have ${onTheirWay}`];
  }

  #arrive(fact: Fact): readonly string[] {
    return recordsOf(fact, 'lines').flatMap((data) => {
      const line = this.#lines.get(textOf({ data }, 'sku'));
      const over = data['over'] === undefined ? 0 : numberOf({ data: data['over'] as Fact['data'] }, 'quantity');
      const units = numberOf({ data }, 'quantity') + numberOf({ data }, 'rejected') - over;
      if (line === undefined) return [`${textOf({ data }, 'sku')} arrived and was never sent`];
      line.arrived += units;
      return line.arrived > line.quantity ? [`${line.arrived} units arrived of ${line.quantity}`] : [];
    });
  }
}

/** Checks the stream of one batch of counts. */
export class CountAudit {
  readonly #accepted = new Map<string, string>();
  readonly #skus = new Map<string, string>();
  readonly #booked = new Map<string, string>();
  readonly #held = new Set<string>();
  readonly #rejected = new Set<string>();
  #cancelled = false;

  observe(fact: Fact): readonly string[] {
    switch (fact.type) {
      case 'CountBatchCreated':
        for (const data of recordsOf(fact, 'lines')) this.#skus.set(textOf({ data }, 'lineId'), textOf({ data }, 'sku'));
        return [];
      case 'CountSubmitted':
      case 'CountLinesResolved':
        for (const data of recordsOf(fact, 'lines')) {
          if (textOf({ data }, 'outcome') === 'accept') this.#accepted.set(textOf({ data }, 'lineId'), textOf({ data }, 'entry'));
          if (textOf({ data }, 'outcome') === 'reject') this.#rejected.add(textOf({ data }, 'lineId'));
        }
        return [];
      case 'CountLinesBooked':
        return recordsOf(fact, 'lines').flatMap((data) => this.#book(data));
      case 'CountStockHeld':
        for (const data of recordsOf(fact, 'lines')) if (data['held'] === true) this.#held.add(textOf({ data }, 'lineId'));
        return [];
      case 'CountStockReleased':
        for (const lineId of (fact.data['lines'] ?? []) as readonly string[]) this.#held.delete(lineId);
        return [];
      case 'CountBatchCancelled':
        this.#cancelled = true;
        return [];
      default:
        return [];
    }
  }

  /**
   * Faults long after the last step.
   * @param times how often the SKU has a difference of this batch
   * @param isHeld whether a hold of this batch keeps the SKU's stock still
   */
  settled(times: (sku: string) => number, isHeld: (sku: string) => boolean): readonly string[] {
    const isDecided = (lineId: string): boolean => this.#cancelled || this.#rejected.has(lineId) || this.#booked.has(lineId);
    const faults = [...this.#held].filter(isDecided).map((lineId) => `the stock of line ${lineId} is held still`);
    for (const [lineId, entry] of this.#accepted) {
      if (this.#booked.get(lineId) !== entry) faults.push(`line ${lineId} was accepted and is not booked`);
    }
    for (const [lineId, sku] of this.#skus) {
      if (isHeld(sku) && isDecided(lineId)) faults.push(`${sku} is held still for a line that is decided`);
      const booked = times(sku);
      if (booked > 1) faults.push(`the difference of ${sku} was applied ${booked} times`);
      if (booked > 0 && (this.#cancelled || !this.#booked.has(lineId))) faults.push(`${sku} was changed by a count that was not accepted`);
    }
    return faults;
  }

  /** A line that became outdated is booked with no difference, and counted again. */
  #book(data: Readonly<Record<string, unknown>>): readonly string[] {
    const [lineId, entry] = [textOf({ data }, 'lineId'), textOf({ data }, 'entry')];
    if (data['delta'] === undefined) {
      this.#accepted.delete(lineId);
      return [];
    }
    const isBooked = this.#booked.has(lineId);
    this.#booked.set(lineId, entry);
    return isBooked ? [`line ${lineId} was booked twice`] : [];
  }
}
