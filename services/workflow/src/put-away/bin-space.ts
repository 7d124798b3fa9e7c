import type { Bin } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import type { BinFacts } from './bin-facts.js';
import { streamOfBin, type BinRef, type BinStreams } from './bin-streams.js';

export interface ClaimRequest {
  readonly claimId: string;
  readonly sku: string;
  readonly lotId?: string | undefined;
  readonly units: number;
  readonly mayBePart?: boolean;
  readonly overCapacity?: boolean;
}

export type ClaimAnswer =
  | { readonly kind: 'claimed'; readonly units: number }
  | { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> };

/** Claims space in bins. Each step may be repeated: what was done already is answered and not done again. */
export class BinSpace {
  constructor(
    private readonly streams: BinStreams,
    private readonly facts: Pick<BinFacts, 'contents'>,
    private readonly now: () => number,
  ) {}

  /** @throws Problem 412 `position_not_reached` */
  async claim(ref: BinRef, bin: Bin, { lotId, mayBePart = false, ...request }: ClaimRequest): Promise<ClaimAnswer> {
    const { capacityUnits, allowMixedSkus, allowMixedLots, blocked } = bin;
    const command = {
      type: 'ClaimSpace',
      ...this.stamp(ref, 'claim', request.claimId),
      ...request,
      ...(lotId === undefined ? {} : { lotId }),
      mayBePart,
      rules: { capacityUnits, allowMixedSkus, allowMixedLots, blocked },
      contents: await this.facts.contents(ref),
    } as const;
    const outcome = await this.streams.execute(streamOfBin(ref), command);
    if (outcome.kind === 'refused') return { kind: 'refused', code: outcome.code, details: outcome.details };
    const claim = outcome.record.state.claims.find((each) => each.claimId === request.claimId);
    return { kind: 'claimed', units: claim?.claimed ?? request.units };
  }

  /** The units lie in the bin, by the event of that revision in the stream of their SKU. */
  async moved(
    ref: BinRef,
    claimId: string,
    move: { readonly moveId: string; readonly units: number; readonly skuRevision: number },
  ): Promise<void> {
    await this.streams.execute(streamOfBin(ref), { type: 'MoveClaim', ...this.stamp(ref, 'move', claimId, move.moveId), claimId, ...move });
  }

  async end(ref: BinRef, claimId: string): Promise<void> {
    await this.streams.execute(streamOfBin(ref), { type: 'EndClaim', ...this.stamp(ref, 'end', claimId), claimId });
  }

  private stamp({ tenant, locationId, binId }: BinRef, ...what: readonly string[]): { readonly at: number; readonly commandId: string } {
    return { at: this.now(), commandId: uuidOf(JSON.stringify(['bin', tenant, locationId, binId, ...what])) };
  }
}
