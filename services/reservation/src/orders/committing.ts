import { servingNobody, unfitStock } from '@holdfast/inventory';
import type { CommitLine, CommittedLine, ReverseCommit, RunningCommit, Take } from '@holdfast/inventory';
import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import { atEachSku } from './at-each-sku.js';
import type { OrderEnvironment } from './environment.js';
import type { OrderRef } from './order-ref.js';
import { releaseHolds } from './release-holds.js';
import type { KnownOrder } from './order-streams.js';

/** Id of the command that commits the part of one SKU. Every process derives the same id. */
const partId = (commitId: string, sku: string): string => uuidOf(`${commitId}|${sku}`);

/** What is to be committed: the lines, else all that is held. */
export interface CommitWish {
  readonly lines?: readonly CommitLine[];
  /** Units leave although fewer may leave by what is recorded. */
  readonly allowUncovered?: boolean;
  /** When the units were sold, epoch milliseconds. */
  readonly soldAt?: number;
}

export const openSkus = ({ state }: KnownOrder): readonly string[] =>
  state.lines.filter(({ heldUnits }) => heldUnits > 0).map(({ sku }) => sku);

type Figures = Readonly<Record<string, unknown>> & { readonly code: string };

interface UnfitStock {
  readonly kind: 'refused';
  /** Of the first line. */
  readonly code: string;
  readonly details: Figures;
  readonly lines: readonly Figures[];
}

/** Carries a decided commit out: all SKUs are committed, or none and the order expires. Several processes may do so at the same time. */
export class Committing {
  constructor(private readonly env: OrderEnvironment) {}

  /** @throws EventStoreUnavailable, LedgerBusy when it is under way still; call it again */
  async finish(ref: OrderRef, order: KnownOrder, running: RunningCommit, context: CommandContext): Promise<KnownOrder> {
    const { commitId } = running;
    const parts = await atEachSku(this.env, running.lines, async (line) => ({
      sku: line.sku,
      takes: await this.commit(ref, running, line, context),
    }));
    const lost = parts.filter(({ takes }) => takes === undefined).map(({ sku }) => sku);
    if (lost.length > 0) return this.undo(ref, order, running, lost, context);
    const lines = parts.map(({ sku, takes = [] }): CommittedLine => ({ sku, takes }));
    const at = this.env.clock.now();
    const command = { type: 'CompleteOrderCommit', at, commandId: uuidOf(`${commitId}|complete`), commitId, lines } as const;
    return (await this.env.streams.execute(ref, command, order, context)).order;
  }

  /**
   * The lines of an order whose units may not leave as asked. Asked before the commit is decided: the SKUs commit at the same time, and
   * what one has committed cannot be held again for the order. A hold that comes between is as a hold that ran out.
   */
  async unfitStock(
    { tenant, reservationId }: OrderRef,
    { state: { phase, commitIds, lines: all } }: KnownOrder,
    commitId: string,
    { lines = all.map(({ sku, heldUnits }) => ({ sku, quantity: heldUnits })), allowUncovered = false }: CommitWish,
  ): Promise<UnfitStock | undefined> {
    if (phase !== 'held' || commitIds.includes(commitId)) return undefined;
    const refused: Figures[] = [];
    const closed = servingNobody(this.env.sources(tenant));
    for (const { sku, ...line } of lines) {
      const known = await this.env.ledger.read({ tenant, sku }, 'known');
      if (known.state.detail === undefined && line.lots === undefined && closed.size === 0) continue;
      const { state } = await this.env.ledger.read({ tenant, sku });
      const asked = {
        at: this.env.clock.now(),
        commandId: partId(commitId, sku),
        reservationId,
        ...(allowUncovered ? { allowUncovered } : {}),
      };
      const refusal = unfitStock(state, { type: 'CommitReservation', ...asked, ...line }, closed);
      if (refusal !== undefined) refused.push({ sku, code: refusal.code, ...refusal.details });
    }
    const [first] = refused;
    return first && { kind: 'refused', code: first.code, details: first, lines: refused };
  }

  /** What the SKU gave for good; undefined where the hold had run out. */
  private async commit(
    ref: OrderRef,
    { commitId, at, soldAt }: RunningCommit,
    { sku, ...line }: CommitLine,
    context: CommandContext,
  ): Promise<readonly Take[] | undefined> {
    const { tenant, reservationId } = ref;
    const commandId = partId(commitId, sku);
    const sold = soldAt === undefined ? {} : { soldAt };
    const command = { type: 'CommitReservation', at, commandId, reservationId, ...line, ...sold } as const;
    const { state } = await this.env.ledger.execute({ tenant, sku }, command, context);
    const hold = state.reservations.get(reservationId) ?? state.ended.get(reservationId);
    if (hold !== undefined) {
      const commit = hold.commits.find((each) => each.commitId === commandId);
      return commit?.reversed === false ? commit.takes : undefined;
    }
    // A busy SKU forgets ended reservations within moments; its stream does not.
    const past = await this.env.history.find({ tenant, sku }, reservationId);
    return past?.commits.get(commandId);
  }

  private async undo(
    ref: OrderRef,
    order: KnownOrder,
    { commitId, lines }: RunningCommit,
    lost: readonly string[],
    context: CommandContext,
  ): Promise<KnownOrder> {
    const without = new Set(lost);
    const committed = lines.filter(({ sku }) => !without.has(sku));
    await atEachSku(this.env, committed, ({ sku }) => this.reverse(ref, order.state.orderId, sku, commitId, context));
    await releaseHolds(this.env, ref, openSkus(order), context);
    const command = {
      type: 'FailOrderCommit',
      at: this.env.clock.now(),
      commandId: uuidOf(`${commitId}|fail`),
      commitId,
      skus: lost,
    } as const;
    return (await this.env.streams.execute(ref, command, order, context)).order;
  }

  /** @throws Error where the SKU does not take it back: the order stays under way, and is tried again */
  private async reverse(ref: OrderRef, orderId: string, sku: string, commitId: string, context: CommandContext): Promise<void> {
    const { tenant, reservationId } = ref;
    const commandId = uuidOf(`${commitId}|${sku}|reverse`);
    const at = this.env.clock.now();
    const commitCommandId = partId(commitId, sku);
    const command = { type: 'ReverseCommit', at, commandId, reservationId, commitCommandId, orderId } as const;
    const execute = (known: ReverseCommit) => this.env.ledger.execute({ tenant, sku }, known, context);
    let outcome = await execute(command);
    if (outcome.kind === 'refused' && outcome.code === 'commit_forgotten') {
      const past = await this.env.history.findCommit({ tenant, sku }, commitCommandId, orderId);
      // Another process has taken it back meanwhile.
      if (past === undefined) return;
      outcome = await execute({ ...command, past });
    }
    if (outcome.kind === 'refused') throw new Error(`SKU ${sku} does not take back ${commitCommandId}: ${outcome.code}`);
  }
}
