import { STREAMS } from '@holdfast/contracts';
import type { EventStore, RecordedEvent } from '@holdfast/event-store';
import { balanceChanges, SkuAuditor, stepKind } from '@holdfast/inventory';
import { stockStream, type SkuRef } from '../port.js';
import { canonicalJson, sha256 } from '@holdfast/kit';
import {
  CERTIFICATE_FORM,
  type CertificateConclusion,
  type CertificateOpening,
  type CertificatePart,
  type CertificateStep,
  type CertifiedBalance,
  type FalseStep,
} from './certificate.js';

const PAGE = 500;

export interface CertifyOptions {
  /** The newest revision wanted; default: all there is. */
  readonly upTo?: number;
}

/**
 * Called by the route of certificates. Reads the stream of a SKU from its first event and yields its certificate in parts: the opening, the
 * steps a page at a time, the conclusion. A SKU without events yields an opening and an empty conclusion.
 * @throws EventStoreUnavailable
 */
export async function* certify(store: EventStore, ref: SkuRef, { upTo }: CertifyOptions = {}): AsyncGenerator<CertificatePart> {
  const opening: CertificateOpening = { form: CERTIFICATE_FORM, tenant: ref.tenant, sku: ref.sku };
  const certified = new CertificateSteps(opening);
  yield { kind: 'opening', opening };
  for (;;) {
    const limit = upTo === undefined ? PAGE : Math.min(PAGE, upTo + 1 - certified.steps);
    const page = limit <= 0 ? [] : await store.readStream(stockStream(ref), { from: certified.steps, limit });
    if (page.length > 0) yield { kind: 'steps', steps: page.map((event) => certified.observe(event)) };
    if (page.length < PAGE) break;
  }
  yield { kind: 'conclusion', conclusion: certified.conclude() };
}

/** Builds the steps of one stream; each contains the hash of the step before it. */
class CertificateSteps {
  steps = 0;
  private promises = 0;
  private overbooking = 0;
  private head: string;
  private firstFalse: FalseStep | undefined;
  private readonly auditor = new SkuAuditor();
  private readonly balances = new Map<string, CertifiedBalance>();

  constructor(opening: CertificateOpening) {
    this.head = sha256(canonicalJson(opening));
  }

  observe({ revision, position, id, type, data, metadata, recordedAt }: RecordedEvent): CertificateStep {
    const event = STREAMS.stock.decode({ type, data });
    const { at, commandId } = metadata;
    const [violation] = this.auditor.observe(event, at);
    if (violation !== undefined) this.firstFalse ??= { revision, ...violation };
    const touched = new Set<string>();
    for (const { place, onHand, reserved, held = 0 } of balanceChanges(event)) {
      const { locationId } = place;
      const before: CertifiedBalance = this.balances.get(locationId) ?? { locationId, onHand: 0, reserved: 0 };
      const heldUnits = (before.held ?? 0) + held;
      this.balances.set(locationId, {
        locationId,
        onHand: before.onHand + onHand,
        reserved: before.reserved + reserved,
        ...(heldUnits === 0 ? {} : { held: heldUnits }),
      });
      touched.add(locationId);
    }
    if ('overbookingUnits' in event) this.overbooking = Number(event.overbookingUnits);
    const kind = stepKind(event);
    const facts = { revision, position: position.toString(), eventId: id, type, at, recordedAt, commandId, data };
    const step = { ...facts, kind, overbooking: this.overbooking, balances: this.balancesAt([...touched]) };
    this.head = sha256(`${this.head}\n${canonicalJson(step)}`);
    this.steps += 1;
    if (kind === 'promise') this.promises += 1;
    return { ...step, hash: this.head };
  }

  conclude(): CertificateConclusion {
    const { steps, promises, firstFalse, head } = this;
    const totals = this.balancesAt([...this.balances.keys()]);
    return {
      stepCount: steps,
      promises,
      totals,
      holds: firstFalse === undefined,
      ...(firstFalse === undefined ? {} : { firstFalse }),
      head,
    };
  }

  private balancesAt(locationIds: readonly string[]): readonly CertifiedBalance[] {
    return locationIds.toSorted().flatMap((locationId) => this.balances.get(locationId) ?? []);
  }
}
