import { ProcessBusy, uuidOf, type Lease, type ProcessRef, type ProcessTable } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { linesToHold, linesToRelease, type CountCommand, type CountState } from '@holdfast/warehouse';
import type { CountRecord } from './count-record.js';
import type { CountOutcome, CountRef, CountStreams } from './count-streams.js';
import type { SkuCounts } from './sku-counts.js';

/** Lines that are worked on before the batch's stream is told. */
const TOGETHER = 200;

/** Makes the command from the batch as it is when nobody else works on it. */
export type MakeCommand = (record: CountRecord) => Promise<CountCommand>;

/**
 * Carries a batch of counts through its steps. Accepted lines are decided in the batch's stream first and then applied to their SKUs: after
 * any interruption, running it again books what is left, once.
 */
export class CountProcess {
  constructor(
    private readonly streams: CountStreams,
    private readonly skus: SkuCounts,
    private readonly table: Pick<ProcessTable, 'hold'>,
    private readonly now: () => number,
  ) {}

  /** Finishes what was interrupted, decides the command, carries it out. */
  run(ref: CountRef, make: MakeCommand, actor: string): Promise<CountOutcome> {
    return this.hold(ref, async (lease) => {
      const { record } = await this.finish(ref, lease);
      const outcome = await this.streams.execute(ref, await make(record), actor);
      return outcome.kind === 'refused' ? outcome : this.finish(ref, lease);
    });
  }

  /** Books what was accepted, and holds and releases what is to be. */
  resume(ref: CountRef): Promise<CountOutcome> {
    return this.hold(ref, (lease) => this.finish(ref, lease));
  }

  /** @throws Problem 409 `batch_busy` when another works on it for longer than is worth waiting */
  private async hold(ref: CountRef, work: (lease: Lease) => Promise<CountOutcome>): Promise<CountOutcome> {
    try {
      return await this.table.hold(processOf(ref), work);
    } catch (error) {
      if (!(error instanceof ProcessBusy)) throw error;
      throw new Problem(409, 'batch_busy', 'Somebody else is working on this batch; try again shortly');
    }
  }

  private async finish(ref: CountRef, lease: Lease): Promise<CountOutcome> {
    for (;;) {
      const { record, position } = await this.streams.read(ref);
      const report = await this.step(ref, record.state, lease);
      if (report === undefined) return { kind: 'accepted', record, position };
      await lease.confirm();
      const commandId = uuidOf(JSON.stringify(['count', ref.tenant, ref.batchId, report]));
      await this.streams.execute(ref, { ...report, at: this.now(), commandId });
    }
  }

  /** Does the next step that is due in the streams of SKUs. @returns what to report of it, undefined where none is due */
  private async step(ref: CountRef, state: CountState, lease: Lease): Promise<Report | undefined> {
    const toHold = linesToHold(state).slice(0, TOGETHER);
    if (toHold.length > 0) return { type: 'ReportHeld', lines: await this.skus.hold(ref, state, toHold, lease) };
    const accepted = state.lines.filter(({ status }) => status === 'accepting').slice(0, TOGETHER);
    if (accepted.length > 0) return { type: 'ReportBooking', lines: await this.skus.book(ref, state, accepted, lease) };
    const toRelease = linesToRelease(state).slice(0, TOGETHER);
    if (toRelease.length > 0) return { type: 'ReportReleased', lines: await this.skus.release(ref, toRelease, lease) };
    return undefined;
  }
}

type Unstamped<Command> = Command extends CountCommand ? Omit<Command, 'at' | 'commandId'> : never;
type Report = Unstamped<Extract<CountCommand, { readonly type: 'ReportHeld' | 'ReportBooking' | 'ReportReleased' }>>;

const processOf = ({ tenant, batchId }: CountRef): ProcessRef => ({ tenant, id: batchId });
