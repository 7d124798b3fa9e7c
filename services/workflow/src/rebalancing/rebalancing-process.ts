import { uuidOf, type ProcessTable } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import type { KnownProposal, ReportProposal } from '@holdfast/warehouse';
import type { TransferStreams } from '../transfers/transfer-streams.js';
import type { TransfersService } from '../transfers/transfers.service.js';
import { RUN_ACTOR, type PolicyRef, type RebalancingStreams } from './rebalancing-streams.js';

type Became = ReportProposal['became'];

export interface ProcessParts {
  readonly streams: RebalancingStreams;
  readonly transfers: TransfersService;
  readonly transferStreams: TransferStreams;
  readonly table: ProcessTable;
  readonly now: () => number;
}

const commandOf = (proposalId: string): string => uuidOf(JSON.stringify(['rebalancing', proposalId]));

/** The transfer of a proposal. */
export const transferOfProposal = (proposalId: string): string => `tr_${commandOf(proposalId)}`;

/** Carries approved proposals out: each becomes one transfer, and ends with it. Run again after any interruption, it leads to the same end. */
export class RebalancingProcess {
  constructor(private readonly parts: ProcessParts) {}

  /** @throws ProcessBusy, LeaseLost and what a step throws */
  drive(ref: PolicyRef, proposalId: string): Promise<void> {
    return this.parts.table.hold({ tenant: ref.tenant, id: proposalId }, async (lease) => {
      const { streams } = this.parts;
      const proposal = (await streams.read(ref)).state.proposals.get(proposalId);
      if (proposal?.status === 'approved') {
        const isPlaced = await this.place(ref, proposal);
        await lease.confirm();
        await this.report(ref, proposalId, isPlaced ? 'ordered' : 'cancelled');
      } else if (proposal?.status === 'ordered') {
        const became = await this.became(ref, proposal);
        await lease.confirm();
        if (became !== undefined) await this.report(ref, proposalId, became);
      }
    });
  }

  /** Creates the transfer; a repeat finds it. @returns false where it can never be, such as for a location that is gone */
  private async place({ tenant }: PolicyRef, { proposalId, sku, fromLocationId, toLocationId, quantity }: KnownProposal): Promise<boolean> {
    const request = { fromLocationId, toLocationId, lines: [{ sku, quantity }], reference: proposalId };
    const asked = { tenant, actor: RUN_ACTOR, commandId: commandOf(proposalId), requestHash: proposalId, at: this.parts.now() };
    try {
      await this.parts.transfers.create(request, asked);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return false;
      throw error;
    }
  }

  private async became({ tenant }: PolicyRef, { proposalId }: KnownProposal): Promise<Became | undefined> {
    const { record } = await this.parts.transferStreams.read({ tenant, transferId: transferOfProposal(proposalId) });
    const { phase, lines } = record.state;
    if (phase === 'received' || phase === 'cancelled') return phase;
    if (phase !== 'closed') return undefined;
    return lines.some(({ received }) => received > 0) ? 'received' : 'cancelled';
  }

  private async report(ref: PolicyRef, proposalId: string, became: Became): Promise<void> {
    const commandId = uuidOf(JSON.stringify(['rebalancing', proposalId, became]));
    const transfer = became === 'ordered' ? { transferId: transferOfProposal(proposalId) } : {};
    const report = { type: 'ReportProposal', proposalId, became, at: this.parts.now(), commandId, ...transfer } as const;
    const outcome = await this.parts.streams.execute(ref, report, RUN_ACTOR);
    if (outcome.kind === 'refused') throw new Error(`${proposalId} cannot become ${became}: ${outcome.code}`);
  }
}
