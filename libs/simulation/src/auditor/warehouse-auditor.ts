import { textOf, type Fact } from './facts.js';
import { CountAudit, TransferAudit } from './process-audit.js';
import { StockAudit } from './stock-audit.js';

/** Checks a whole log of transfers, counts and the SKUs that they change. It shares no code with the product that wrote them. */
export class WarehouseAuditor {
  readonly faults: string[] = [];
  readonly #stock = new Map<string, StockAudit>();
  readonly #transfers = new Map<string, TransferAudit>();
  readonly #counts = new Map<string, CountAudit>();
  /** Differences of counts, by batch and SKU. */
  readonly #differences = new Map<string, number>();
  readonly #ids = new Set<string>();
  /** By hold of a count: its batch and SKU. */
  readonly #frozen = new Map<string, string>();

  get checks(): number {
    return [...this.#stock.values()].reduce((checks, audit) => checks + audit.checks, this.#ids.size);
  }

  /** Call it for every event, in the order of the log. */
  observe(fact: Fact): void {
    const [, kind = '', name = ''] = /^([a-z]+)-[^.]*\.(.*)$/.exec(fact.stream) ?? [];
    const found = this.#ids.has(fact.id) ? [`event ${fact.id} is in the log twice`] : [];
    this.#ids.add(fact.id);
    if (kind === 'stock') {
      found.push(...auditOf(this.#stock, name, () => new StockAudit()).observe(fact));
      this.#difference(fact, name);
      this.#freeze(fact, name);
    }
    if (kind === 'transfer') found.push(...auditOf(this.#transfers, name, () => new TransferAudit()).observe(fact));
    if (kind === 'count') found.push(...auditOf(this.#counts, name, () => new CountAudit()).observe(fact));
    this.faults.push(...found.map((fault) => `${fact.stream} at ${fact.position}: ${fault}`));
  }

  /** Call it long after the last injected fault: every process has ended or waits for a person. */
  settled(): void {
    for (const [transferId, transfer] of this.#transfers) {
      let onTheirWay = 0;
      for (const audit of this.#stock.values()) for (const shipmentId of transfer.shipments) onTheirWay += audit.onTheWay(shipmentId);
      this.faults.push(...transfer.settled(onTheirWay).map((fault) => `${transferId}: ${fault}`));
    }
    for (const [batchId, count] of this.#counts) {
      const times = (sku: string): number => this.#differences.get(`${batchId} ${sku}`) ?? 0;
      const frozen = new Set(this.#frozen.values());
      const isHeld = (sku: string): boolean => frozen.has(`${batchId} ${sku}`);
      this.faults.push(...count.settled(times, isHeld).map((fault) => `${batchId}: ${fault}`));
    }
  }

  #freeze(fact: Fact, sku: string): void {
    if (fact.type === 'HoldPlaced' && textOf(fact, 'holdType') === 'count')
      this.#frozen.set(textOf(fact, 'holdId'), `${textOf(fact, 'reference')} ${sku}`);
    if (fact.type === 'HoldReleased') this.#frozen.delete(textOf(fact, 'holdId'));
  }

  #difference(fact: Fact, sku: string): void {
    if (fact.type !== 'StockAdjusted' || (fact.data['counted'] ?? fact.data['recorded']) === undefined) return;
    const key = `${textOf(fact, 'documentId')} ${sku}`;
    this.#differences.set(key, (this.#differences.get(key) ?? 0) + 1);
  }
}

function auditOf<Audit>(audits: Map<string, Audit>, name: string, open: () => Audit): Audit {
  const audit = audits.get(name) ?? open();
  audits.set(name, audit);
  return audit;
}
