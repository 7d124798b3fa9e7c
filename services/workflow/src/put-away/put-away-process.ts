import { isForSale, type Location } from '@holdfast/inventory';
import { ProcessBusy, uuidOf, type Lease, type ProcessRef, type ProcessTable } from '@holdfast/kit';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import {
  placeGoods,
  unplacedUnits,
  type ClaimOutcome,
  type MoveLine,
  type MoveOutcome,
  type PlannedLine,
  type PutAwayCommand,
  type PutAwayRefusal,
  type PutAwayState,
} from '@holdfast/warehouse';
import type { BinFacts } from './bin-facts.js';
import type { BinSpace } from './bin-space.js';
import type { TaskOutcome, TaskStreams } from './task-streams.js';

export interface PutAwayProcessParts {
  readonly streams: TaskStreams;
  readonly facts: Pick<BinFacts, 'upToDate' | 'situations'>;
  readonly space: BinSpace;
  readonly ledger: SkuLedger;
  readonly locations: KnownLocations;
  readonly table: ProcessTable;
  readonly now: () => number;
}

/**
 * Carries a task through its phases. Space is claimed in the stream of a bin before the SKU's stream is told to move units there, and the
 * claim is settled after it. After any interruption, running it again leads to the same end.
 */
export class PutAwayProcess {
  constructor(private readonly parts: PutAwayProcessParts) {}

  /** Finishes what was interrupted, decides the command, carries it out. */
  run(ref: ProcessRef, command: PutAwayCommand, actor: string): Promise<TaskOutcome> {
    return this.hold(ref, async (lease) => {
      await this.finish(ref, lease);
      const outcome = await this.parts.streams.execute(ref, command, actor);
      return outcome.kind === 'refused' ? outcome : this.finish(ref, lease);
    });
  }

  /** Finishes what was interrupted. */
  resume(ref: ProcessRef): Promise<TaskOutcome> {
    return this.hold(ref, (lease) => this.finish(ref, lease));
  }

  /** @throws Problem 409 `put_away_busy` when another works on it for longer than is worth waiting */
  private async hold(ref: ProcessRef, work: (lease: Lease) => Promise<TaskOutcome>): Promise<TaskOutcome> {
    try {
      return await this.parts.table.hold(ref, work);
    } catch (error) {
      if (!(error instanceof ProcessBusy)) throw error;
      throw new Problem(409, 'put_away_busy', 'Somebody else is working on this task; try again shortly');
    }
  }

  private async finish(ref: ProcessRef, lease: Lease): Promise<TaskOutcome> {
    for (;;) {
      const { record, position } = await this.parts.streams.read(ref);
      const report = await this.step(ref, record.state, lease);
      if (report === undefined) return { kind: 'accepted', record, position };
      await lease.confirm();
      const { rounds, running } = record.state;
      const commandId = uuidOf(JSON.stringify(['put-away', ref.tenant, ref.id, report.type, rounds, running?.moveId]));
      await this.parts.streams.execute(ref, { ...report, at: this.parts.now(), commandId });
    }
  }

  /** Does the next step that is due in the streams of bins and the SKU. @returns what to report of it, undefined where none is due */
  private async step(ref: ProcessRef, state: PutAwayState, lease: Lease): Promise<Report | undefined> {
    switch (state.phase) {
      case 'planning':
        return { type: 'ReportPlan', lines: await this.plan(ref, state) };
      case 'claiming':
        return { type: 'ReportClaims', outcomes: await this.claim(ref, state, lease) };
      case 'moving':
        return { type: 'ReportMove', moveId: state.running?.moveId ?? '', outcomes: await this.move(ref, state, lease) };
      case 'cancelling':
        for (const { binId, claimId } of state.lines) {
          lease.check();
          await this.parts.space.end({ tenant: ref.tenant, locationId: state.locationId, binId }, claimId);
        }
        return { type: 'CompleteCancelPutAway' };
      case 'none':
      case 'open':
      case 'completed':
      case 'cancelled':
      case 'refused':
        return undefined;
      default:
        return state.phase satisfies never;
    }
  }

  private async plan({ tenant, id }: ProcessRef, state: PutAwayState): Promise<readonly PlannedLine[]> {
    const { facts } = this.parts;
    const { sku, lotId, fromBinId, toBinId } = state;
    await facts.upToDate();
    const goods = {
      sku,
      ...(lotId === undefined ? {} : { lotId }),
      ...(fromBinId === undefined ? {} : { fromBinId }),
      ...(toBinId === undefined ? {} : { toBinId }),
      quantity: unplacedUnits(state),
    };
    const { lines } = placeGoods(await facts.situations(tenant, await this.location(tenant, state)), goods);
    return lines.map((line, index) => ({ ...line, claimId: `${id}~${String(state.rounds + 1)}.${String(index)}` }));
  }

  private async claim({ tenant }: ProcessRef, state: PutAwayState, lease: Lease): Promise<readonly ClaimOutcome[]> {
    const { space } = this.parts;
    const { locationId, sku, lotId, toBinId } = state;
    const { bins = [] } = await this.location(tenant, state);
    const outcomes: ClaimOutcome[] = [];
    for (const { binId, claimId, quantity } of state.planned) {
      lease.check();
      const ref = { tenant, locationId, binId };
      const bin = bins.find((each) => each.binId === binId);
      // The catalogue may have lost the bin since the plan.
      const answer =
        bin === undefined
          ? ({ code: 'unknown_bin', details: {}, kind: 'refused' } as const)
          : await space.claim(ref, bin, { claimId, sku, lotId, units: quantity, mayBePart: toBinId === undefined });
      if (answer.kind === 'claimed') outcomes.push({ claimId, quantity: answer.units });
      else {
        // A frozen process that repeats the claim later must not get space that nobody frees.
        await space.end(ref, claimId);
        outcomes.push({ claimId, quantity: 0, refusal: refusalOf(answer) });
      }
    }
    return outcomes;
  }

  private async move({ tenant, id }: ProcessRef, state: PutAwayState, lease: Lease): Promise<readonly MoveOutcome[]> {
    const location = await this.location(tenant, state);
    const outcomes: MoveOutcome[] = [];
    for (const line of state.running?.lines ?? []) {
      lease.check();
      outcomes.push(await this.moveLine({ tenant, id }, state, location, line));
    }
    return outcomes;
  }

  private async moveLine({ tenant, id }: ProcessRef, state: PutAwayState, location: Location, line: MoveLine): Promise<MoveOutcome> {
    const { ledger, space, now } = this.parts;
    const { claimId, quantity } = line;
    const { running, sku, lotId, locationId, fromBinId } = state;
    const binId = state.lines.find((each) => each.claimId === claimId)?.binId ?? '';
    const bin = location.bins?.find((each) => each.binId === binId);
    const moveId = uuidOf(JSON.stringify(['put-away', tenant, id, running?.moveId, claimId]));
    const move = {
      ...(lotId === undefined ? {} : { lotId }),
      ...(fromBinId === undefined ? {} : { fromBinId }),
      toBinId: binId,
      quantity,
      sellable: bin === undefined || isForSale(location, bin),
    };
    const command = {
      type: 'CorrectPositions',
      kind: 'bin',
      at: now(),
      commandId: moveId,
      locationId,
      moves: [move],
      documentId: id,
    } as const;
    const context = { correlationId: id, ...(running === undefined ? {} : { actor: running.by }) };
    const outcome = await ledger.execute({ tenant, sku }, command, context);
    if (outcome.kind === 'refused') return { claimId, quantity, refusal: refusalOf(outcome) };
    await space.moved({ tenant, locationId, binId }, claimId, { moveId, units: quantity, skuRevision: outcome.revision });
    return { claimId, quantity };
  }

  private async location(tenant: string, { locationId }: PutAwayState): Promise<Location> {
    const location = await this.parts.locations.find(tenant, locationId);
    if (location === undefined) throw new Error(`there is no location ${locationId}`);
    return location;
  }
}

function refusalOf({
  code,
  details: { free, available },
}: {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}): PutAwayRefusal {
  return {
    // Units that lie in no bin are named so by their SKU; for whoever puts them away it is the same.
    code: code === 'insufficient_unassigned' ? 'insufficient_in_bin' : code,
    ...(typeof free === 'number' ? { free } : {}),
    ...(typeof available === 'number' ? { available } : {}),
  };
}

type Unstamped<Command> = Command extends PutAwayCommand ? Omit<Command, 'at' | 'commandId'> : never;
type Reported = 'ReportPlan' | 'ReportClaims' | 'ReportMove' | 'CompleteCancelPutAway';
type Report = Unstamped<Extract<PutAwayCommand, { readonly type: Reported }>>;
