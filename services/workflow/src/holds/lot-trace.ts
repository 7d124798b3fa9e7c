import type { LotRenamed, PositionChange, SkuEvent, Take } from '@holdfast/inventory';

/** An event that may say where units of a lot went. */
export type TracedEvent = Extract<SkuEvent, { readonly type: (typeof TRACED)[number] }>;

export const TRACED = [
  'LotDeclared',
  'LotRenamed',
  'PositionsCorrected',
  'ReservationCommitted',
  'ReservationCommitReversed',
  'StockIssued',
  'TransferShipped',
  'TransferReturned',
] as const;

/** What took the units. An issue that an ERP posted without an order is named by its document. */
export type TracedTo =
  { readonly orderId: string } | { readonly requestId: string } | { readonly transferId: string } | { readonly documentId: string };

export type TracedUnits = TracedTo & { readonly locationId: string; readonly quantity: number; readonly at: number };

export interface LotTrace {
  readonly affected: readonly TracedUnits[];
  readonly untraced: readonly TracedUnits[];
}

/** Request ids share the field with order ids in reservations. */
const REQUEST = /^sr_/;

const ofOrder = (orderId: string): TracedTo => (REQUEST.test(orderId) ? { requestId: orderId } : { orderId });

/** Every id that the lot had or has, as far as these renames tell. */
export function namesOf(lotId: string, renames: readonly LotRenamed[]): ReadonlySet<string> {
  const current = new Map<string, string>();
  const nameNow = (id: string): string => current.get(id) ?? id;
  for (const rename of renames) {
    const [from, to] = [nameNow(rename.lotId), rename.toLotId];
    for (const [id, now] of current) if (now === from) current.set(id, to);
    current.set(from, to).set(rename.lotId, to).set(to, to);
  }
  const wanted = nameNow(lotId);
  return new Set([lotId, wanted, ...[...current].filter(([, now]) => now === wanted).map(([id]) => id)]);
}

/** Units that went to someone, less those that came back. */
class Ledger {
  readonly #rows = new Map<string, TracedUnits>();

  add(to: TracedTo, locationId: string, quantity: number, at: number): void {
    if (quantity === 0) return;
    const key = JSON.stringify([to, locationId]);
    const known = this.#rows.get(key);
    this.#rows.set(key, known === undefined ? { ...to, locationId, quantity, at } : { ...known, quantity: known.quantity + quantity });
  }

  rows(): readonly TracedUnits[] {
    return [...this.#rows.values()].filter(({ quantity }) => quantity > 0).sort((one, other) => one.at - other.at);
  }
}

/**
 * Where units of a lot went, from the events of its SKU in their order. Units that were split off, and a lot that some were merged into, are
 * followed from that moment on. Units that were sold without a lot may have been of it: they are listed apart.
 */
export class LotTracer {
  readonly #lots: Set<string>;
  readonly #affected = new Ledger();
  readonly #untraced = new Ledger();

  /** @param names all ids of the lot */
  constructor(names: ReadonlySet<string>) {
    this.#lots = new Set(names);
  }

  trace(): LotTrace {
    return { affected: this.#affected.rows(), untraced: this.#untraced.rows() };
  }

  add(event: TracedEvent, at: number): void {
    switch (event.type) {
      case 'LotDeclared':
        if (this.#has(event.parentLotId)) this.#lots.add(event.lotId);
        return;
      case 'LotRenamed':
        if (this.#has(event.lotId)) this.#lots.add(event.toLotId);
        return;
      case 'PositionsCorrected':
        // Other corrections say of which lot units were all the time.
        if (event.kind === 'split' || event.kind === 'merge') this.#follow(event.positions);
        return;
      case 'ReservationCommitted':
        this.#left(ofOrder(event.orderId), event, minus(event.takes, event.alreadyIssued), at);
        return;
      case 'ReservationCommitReversed':
        this.#left(ofOrder(event.orderId), event, event.restored, at);
        return;
      case 'StockIssued': {
        const to = event.orderId === undefined ? { documentId: event.documentId ?? event.messageId } : ofOrder(event.orderId);
        this.#left(to, event, [{ locationId: event.locationId, quantity: event.delta }, ...event.reassigned], at);
        return;
      }
      case 'TransferShipped':
      case 'TransferReturned':
        this.#leftOfLot({ transferId: event.transferId }, event.positions, at);
        return;
      default:
        throw unknown(event);
    }
  }

  #has(lotId: string | undefined): boolean {
    return lotId !== undefined && this.#lots.has(lotId);
  }

  #follow(positions: readonly PositionChange[]): void {
    if (!positions.some(({ lotId, delta }) => delta < 0 && this.#has(lotId))) return;
    for (const { lotId, delta } of positions) if (delta > 0 && lotId !== undefined) this.#lots.add(lotId);
  }

  #leftOfLot(to: TracedTo, positions: readonly PositionChange[] = [], at: number): void {
    for (const { locationId, lotId, delta } of positions) if (this.#has(lotId)) this.#affected.add(to, locationId, -delta, at);
  }

  /** @param changes of on hand: what of them no lot accounts for left without one */
  #left(to: TracedTo, { positions = [] }: { readonly positions?: readonly PositionChange[] }, changes: readonly Take[], at: number): void {
    this.#leftOfLot(to, positions, at);
    for (const { locationId, quantity } of changes) this.#untraced.add(to, locationId, -quantity, at);
    for (const { locationId, lotId, delta } of positions) if (lotId !== undefined) this.#untraced.add(to, locationId, delta, at);
  }
}

/** Changes of on hand by these takes, of which an ERP had issued some before. */
const minus = (takes: readonly Take[], issued: readonly Take[]): readonly Take[] => [
  ...takes.map((take) => ({ ...take, quantity: -take.quantity })),
  ...issued,
];

const unknown = (event: never): Error => new Error(`no trace of ${JSON.stringify(event)}`);
