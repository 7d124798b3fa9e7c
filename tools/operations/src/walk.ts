import { DOMAIN_STREAM_PREFIXES, readEvent } from '@holdfast/contracts';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import { SkuAuditor } from '@holdfast/inventory';
import { OrderAudit } from './order-audit.js';
import type { Broken } from './order-audit.js';

const PAGE = 5_000;

/** A broken rule and where. */
export interface FoundViolation extends Broken {
  readonly stream: string;
  readonly revision: number;
}

export interface Walked {
  readonly streams: number;
  readonly events: number;
  readonly violations: readonly FoundViolation[];
}

/**
 * How long after its last event an order may still be between two steps, in milliseconds: the patience of the watch, its pause after a
 * fault, and a restart.
 */
export const ORDER_SETTLES_MS = 10_000;

/**
 * Reads everything in the order in which it happened and looks at the invariants after every event: revisions without a gap, the
 * rules of each SKU, one end of each order, and that orders and their SKUs agree.
 * @param settledBefore epoch milliseconds; orders whose last event is later may still differ from their SKUs
 */
export async function walk(
  store: EventStore,
  settledBefore: number,
  onPage: (events: number, position: Position) => void,
): Promise<Walked> {
  const inspection = new Inspection();
  let position: Position = -1n;
  for (;;) {
    const page = await store.readAll({ after: position, limit: PAGE, filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });
    for (const event of page.events) inspection.observe(event);
    position = page.position;
    onPage(inspection.events, position);
    if (page.atEnd) return inspection.finish(settledBefore);
  }
}

class Inspection {
  events = 0;
  private readonly revisions = new Map<string, number>();
  private readonly skus = new Map<string, SkuAuditor>();
  private readonly orders = new OrderAudit();
  private readonly violations: FoundViolation[] = [];

  observe(event: RecordedEvent): void {
    this.events += 1;
    const { stream, revision } = event;
    const before = this.revisions.get(stream) ?? -1;
    this.revisions.set(stream, revision);
    const gap = revision === before + 1 ? [] : [{ rule: 'revisions_without_gap', message: `revision ${revision} follows ${before}` }];
    for (const broken of [...gap, ...this.inspect(event)]) this.violations.push({ ...broken, stream, revision });
  }

  finish(settledBefore: number): Walked {
    for (const [stream, auditor] of this.skus) this.blame(stream, auditor.audit());
    this.blame('orders', this.orders.audit(settledBefore));
    return { streams: this.revisions.size, events: this.events, violations: this.violations };
  }

  private blame(stream: string, broken: readonly Broken[]): void {
    const revision = this.revisions.get(stream) ?? -1;
    for (const each of broken) this.violations.push({ ...each, stream, revision });
  }

  private inspect(recorded: RecordedEvent): readonly Broken[] {
    const { tenant, at } = recorded.metadata;
    const projected = readEvent(recorded);
    if (projected.family === 'order') return this.orders.observeOrder(recorded.stream, tenant, projected.event, at);
    if (projected.family !== 'stock') return [];
    this.orders.observeSku(tenant, projected.key, projected.event, at);
    return this.auditorOf(recorded.stream).observe(projected.event, at);
  }

  private auditorOf(stream: string): SkuAuditor {
    const known = this.skus.get(stream);
    if (known !== undefined) return known;
    const auditor = new SkuAuditor();
    this.skus.set(stream, auditor);
    return auditor;
  }
}
