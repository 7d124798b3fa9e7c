import { randomUUID } from 'node:crypto';
import type { Bin } from '@holdfast/inventory';
import { runInLanes } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { BinState } from '@holdfast/warehouse';
import type { BinSpace } from './bin-space.js';
import type { BinRef } from './bin-streams.js';
import { putAwayProblem } from './put-away-refusals.js';

/** Space that a call needs in a bin. */
export interface WantedSpace {
  readonly bin: Bin;
  /** Of the request that named the bin. */
  readonly field: string;
  readonly sku: string;
  readonly lotId?: string | undefined;
  readonly units: number;
}

interface Claimed {
  readonly ref: BinRef;
  readonly claimId: string;
  readonly sku: string;
  readonly units: number;
}

export interface CallClaimsParts {
  readonly space: Pick<BinSpace, 'claim' | 'moved'>;
  readonly ledger: Pick<SkuLedger, 'read'>;
  readonly now: () => number;
}

const PREFIX = 'call';
/** A call that has claimed space for longer has ended, whether it could say so or not. */
export const CALL_MS = 60_000;
const SETTLED_AT_ONCE = 8;

/**
 * Claims space for as long as a call works, which is no process that anybody would resume. The id of a claim says when it was made: what a
 * call could not settle is ended after a minute.
 */
export class CallClaims {
  constructor(private readonly parts: CallClaimsParts) {}

  /** @throws Problem 409 `bin_full`, `sku_mixing`, `lot_mixing`, `bin_blocked`, and what the work throws */
  async holding<Result>(
    { tenant, locationId }: Omit<BinRef, 'binId'>,
    wanted: readonly WantedSpace[],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const id = [PREFIX, this.parts.now(), randomUUID()].join('~');
    const claimed: Claimed[] = [];
    try {
      for (const [index, { bin, field, sku, lotId, units }] of wanted.entries()) {
        const one = { ref: { tenant, locationId, binId: bin.binId }, claimId: `${id}~${String(index)}`, sku, units };
        const answer = await this.parts.space.claim(one.ref, bin, { claimId: one.claimId, sku, lotId, units });
        if (answer.kind === 'refused') {
          throw putAwayProblem({ code: answer.code, details: [{ field, binId: bin.binId, ...answer.details }] });
        }
        claimed.push(one);
      }
      const result = await work();
      await this.settle(claimed);
      return result;
    } catch (error) {
      // Of anything else nobody knows whether it works on: then the claims stay for their minute.
      if (error instanceof Problem && error.status < 500) await this.settle(claimed);
      throw error;
    }
  }

  /** Ends the claims of calls that are long over. */
  async endOld(bins: readonly (BinRef & { readonly state: BinState })[]): Promise<void> {
    const oldest = this.parts.now() - CALL_MS;
    const left = bins.flatMap(({ state, ...ref }) =>
      state.claims
        .filter(({ claimId }) => isOfCall(claimId) && Number(claimId.split('~')[1]) < oldest)
        .map(({ claimId, sku, open }) => ({ ref, claimId, sku, units: open })),
    );
    await this.settle(left);
  }

  /**
   * The units count until the contents are known as of now, whether they were moved or not: so a reader of older contents does not take the
   * space twice. One that fails is ended after its minute.
   */
  private async settle(claimed: readonly Claimed[]): Promise<void> {
    const lanes = { laneOf: ({ ref }: Claimed) => ref.binId, lanes: SETTLED_AT_ONCE, window: 1 };
    await runInLanes(claimed, lanes, async ({ ref, claimId, sku, units }) => {
      const { revision } = await this.parts.ledger.read({ tenant: ref.tenant, sku });
      await this.parts.space.moved(ref, claimId, { moveId: claimId, units, skuRevision: revision });
    });
  }
}

export const isOfCall = (claimId: string): boolean => claimId.startsWith(`${PREFIX}~`);
