import { accept, refuse, type Decision } from '../decision.js';
import { MAX_PARTS_PER_RESERVATION } from '../sku/limits.js';
import type { CompleteOrderCommit, FailOrderCommit, StartOrderCommit } from './commands.js';
import type { CommitLine, OrderEvent } from './events.js';
import { contradiction, type OrderRefusalCode } from './phases.js';
import { isOnePartTooMany, linesFault, openLines } from './parts.js';
import type { OrderState } from './state.js';

type OrderDecision = Decision<OrderEvent, OrderRefusalCode>;

/** Decides to commit all that is held, or the named part of it. Every process that continues the commit uses `command.at` as its time. */
export function startCommit(state: OrderState, command: StartOrderCommit): OrderDecision {
  if (state.running?.commitId === command.commandId || state.commitIds.includes(command.commandId)) return accept();
  if (state.phase === 'committed' && command.lines === undefined) return accept();
  if (state.phase !== 'held' || command.at >= state.expiresAt) return contradiction(state, command.at);
  const lines = command.lines ?? allOpen(state, command.allowUncovered);
  const fault = linesFault(state, lines);
  if (fault) return fault;
  if (command.lines !== undefined && isOnePartTooMany(state, lines)) return refuse('too_many_parts', { most: MAX_PARTS_PER_RESERVATION });
  const { commandId: commitId, at, soldAt } = command;
  return accept({ type: 'OrderCommitStarted', commitId, at, lines, ...(soldAt === undefined ? {} : { soldAt }) });
}

/** All that is held. */
const allOpen = (state: OrderState, allowUncovered = false): readonly CommitLine[] =>
  openLines(state).map((line) => (allowUncovered ? { ...line, allowUncovered } : line));

/** Every SKU committed its part. */
export function completeCommit(state: OrderState, command: CompleteOrderCommit): OrderDecision {
  if (state.commitIds.includes(command.commitId)) return accept();
  if (state.phase !== 'committing') return contradiction(state, command.at);
  if (state.running?.commitId !== command.commitId) return refuse('unknown_commit', { commitId: command.commitId });
  const heldUnits = state.lines.reduce((sum, line) => sum + line.heldUnits, 0);
  const committedUnits = command.lines.flatMap(({ takes }) => takes).reduce((sum, { quantity }) => sum + quantity, 0);
  return accept({ type: 'OrderCommitted', commitId: command.commitId, lines: command.lines, openUnits: heldUnits - committedUnits });
}

/** The commit could not be completed and was undone; the order has expired. */
export function failCommit(state: OrderState, command: FailOrderCommit): OrderDecision {
  if (state.phase === 'expired') return accept();
  if (state.phase !== 'committing') return contradiction(state, command.at);
  if (state.running?.commitId !== command.commitId) return refuse('unknown_commit', { commitId: command.commitId });
  return accept({ type: 'OrderCommitFailed', commitId: command.commitId, skus: command.skus });
}
