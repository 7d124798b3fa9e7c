import { randomUUID } from 'node:crypto';
import type { Bin } from '@holdfast/inventory';
import { allDone, runInLanes, type ProcessRef } from '@holdfast/kit';
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

/** Where a call works, and the document that it starts, which another process carries on where this one dies. */
export interface CallPlace extends Omit<BinRef, 'binId'> {
  readonly documentId?: string;
}

export interface CallClaimsParts {
  readonly space: Pick<BinSpace, 'claim' | 'moved'>;
  readonly ledger: Pick<SkuLedger, 'read'>;
  /** Whether a document has begun to bring units into bins and has not ended. */
  readonly isUnderWay: (document: ProcessRef) => Promise<boolean>;
  readonly now: () => number;
}

const PREFIX = 'call';
/** A call that has claimed space for longer has ended, whether it could say so or not; its document may go on. */
export const CALL_MS = 60_000;
/** What it takes longer to claim could be ended before the work is done. */
const CLAIMING_MS = CALL_MS / 2;
const AT_ONCE = 8;

/**
 * Claims space for as long as a call works, and for as long as its document is under way. The id of a claim says when it was made and for
 * which document: what a call could not settle is ended after a minute, or once the document has ended.
 */
export class CallClaims {
  constructor(private readonly parts: CallClaimsParts) {}

  /**
   * @throws Problem 409 `bin_full`, `sku_mixing`, `lot_mixing`, `bin_blocked`, 412 `position_not_reached` where the contents of the bins are
   * told too slowly, and what the work throws
   */
  async holding<Result>(place: CallPlace, wanted: readonly WantedSpace[], work: () => Promise<Result>): Promise<Result> {
    const claimed: Claimed[] = [];
    try {
      await this.claim(place, wanted, claimed);
      const result = await work();
      await this.settle(claimed);
      return result;
    } catch (error) {
      // Of anything else nobody knows whether it works on: then the claims stay for their minute.
      if (error instanceof Problem && error.status < 500) await this.settle(claimed);
      throw error;
    }
  }

  /** Each claim waits for what was claimed in its bin before, so different bins are asked at once. */
  private async claim({ tenant, locationId, documentId }: CallPlace, wanted: readonly WantedSpace[], claimed: Claimed[]): Promise<void> {
    const { now, space } = this.parts;
    const began = now();
    const call = randomUUID();
    let isRefused = false;
    const lanes = { laneOf: ([, { bin }]: readonly [number, WantedSpace]) => bin.binId, lanes: AT_ONCE, window: 1 };
    const results = await runInLanes([...wanted.entries()], lanes, async ([index, { bin, field, sku, lotId, units }]) => {
      if (isRefused) return;
      const claimId = [PREFIX, now(), call, index, ...(documentId === undefined ? [] : [documentId])].join('~');
      const ref = { tenant, locationId, binId: bin.binId };
      const answer = await space.claim(ref, bin, { claimId, sku, lotId, units });
      if (answer.kind === 'claimed') {
        claimed.push({ ref, claimId, sku, units });
        return;
      }
      isRefused = true;
      throw putAwayProblem({ code: answer.code, details: [{ field, binId: bin.binId, ...answer.details }] });
    });
    allDone([...results].sort((one, other) => one.item[0] - other.item[0]));
    if (now() - began > CLAIMING_MS) {
      throw new Problem(412, 'position_not_reached', 'What lies in the bins is told too slowly at the moment; try again');
    }
  }

  /** Ends the claims of calls that are long over, once their documents are. */
  async endOld(bins: readonly (BinRef & { readonly state: BinState })[]): Promise<void> {
    const oldest = this.parts.now() - CALL_MS;
    const old = bins.flatMap(({ state, ...ref }) =>
      state.claims
        .filter(({ claimId }) => isOfCall(claimId) && Number(claimId.split('~')[1]) < oldest)
        .map(({ claimId, sku, open }) => ({ ref, claimId, sku, units: open })),
    );
    const underWay = new Map<string, boolean>();
    const left: Claimed[] = [];
    for (const each of old) {
      const document = { tenant: each.ref.tenant, id: documentOf(each.claimId) };
      const key = JSON.stringify(document);
      const isUnderWay = underWay.get(key) ?? (document.id !== '' && (await this.parts.isUnderWay(document)));
      underWay.set(key, isUnderWay);
      if (!isUnderWay) left.push(each);
    }
    await this.settle(left);
  }

  /**
   * The units count until the contents are known as of now, whether they were moved or not: so a reader of older contents does not take the
   * space twice. One that fails is ended after its minute.
   */
  private async settle(claimed: readonly Claimed[]): Promise<void> {
    const lanes = { laneOf: ({ ref }: Claimed) => ref.binId, lanes: AT_ONCE, window: 1 };
    await runInLanes(claimed, lanes, async ({ ref, claimId, sku, units }) => {
      const { revision } = await this.parts.ledger.read({ tenant: ref.tenant, sku });
      await this.parts.space.moved(ref, claimId, { moveId: claimId, units, skuRevision: revision });
    });
  }
}

export const isOfCall = (claimId: string): boolean => claimId.startsWith(`${PREFIX}~`);

const documentOf = (claimId: string): string => claimId.split('~').slice(4).join('~');
