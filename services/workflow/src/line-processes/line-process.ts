import { ProcessBusy, uuidOf, type Lease, type ProcessRef, type ProcessTable } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import type { DocumentOutcome, KnownDocument } from './document-streams.js';

/** Lines that are worked on at the same time. */
const AT_ONCE = 16;

export type RefusedDocument = Extract<DocumentOutcome, { kind: 'refused' }>;

/** A document whose lines are carried out one by one, each for itself. */
export interface LineProcessParts<State, Start, Outcome> {
  /** In refusals and ids of commands, such as `adjustment`. */
  readonly kind: string;
  readonly streams: {
    read(ref: ProcessRef): Promise<KnownDocument<State>>;
    execute(ref: ProcessRef, command: Start | CompleteLines<Outcome>, actor: string): Promise<DocumentOutcome>;
  };
  readonly table: ProcessTable;
  readonly now: () => number;
  /** How many lines are to be carried out; undefined where the document is not under way. */
  readonly openLines: (state: State) => number | undefined;
  /** May be repeated: what was done already is answered and not done again. */
  readonly applyLine: (ref: ProcessRef, state: State, index: number) => Promise<Outcome>;
  readonly completion: CompleteLines<Outcome>['type'];
  readonly createdBy: (state: State) => string;
}

export interface CompleteLines<Outcome> {
  readonly type: string;
  readonly at: number;
  readonly commandId: string;
  readonly outcomes: readonly Outcome[];
}

/**
 * Carries out the lines of a document, then records what became of each. The command of a line has an id that is made of the document and
 * the line: after any interruption, running it again carries each line out at most once.
 */
export class LineProcess<State, Start, Outcome> {
  constructor(private readonly parts: LineProcessParts<State, Start, Outcome>) {}

  /** The document as it is. */
  read(ref: ProcessRef): Promise<KnownDocument<State>> {
    return this.parts.streams.read(ref);
  }

  /** Starts the document and carries it to its end. @throws Problem 409 `{kind}_busy` */
  async run(ref: ProcessRef, command: Start, actor: string): Promise<KnownDocument<State> | RefusedDocument> {
    const started = await this.parts.streams.execute(ref, command, actor);
    return started.kind === 'refused' ? started : this.resume(ref);
  }

  /** Carries to its end what was started; a document that has ended is answered as it is. @throws Problem 409 `{kind}_busy` */
  async resume(ref: ProcessRef): Promise<KnownDocument<State>> {
    const { streams, table, kind, openLines } = this.parts;
    const known = await streams.read(ref);
    if (openLines(known.record.state) === undefined) return known;
    try {
      return await table.hold(ref, (lease) => this.finish(ref, lease));
    } catch (error) {
      if (!(error instanceof ProcessBusy)) throw error;
      throw new Problem(409, `${kind}_busy`, 'This is being carried out by another call; send the same request again shortly');
    }
  }

  private async finish(ref: ProcessRef, lease: Lease): Promise<KnownDocument<State>> {
    const { streams, now, kind, openLines, completion, createdBy } = this.parts;
    const { state } = (await streams.read(ref)).record;
    const lines = openLines(state);
    if (lines !== undefined) {
      const outcomes = await this.applyLines(ref, state, lines, lease);
      await lease.confirm();
      const commandId = lineCommandId(kind, ref, 'complete');
      const outcome = await streams.execute(ref, { type: completion, at: now(), commandId, outcomes }, createdBy(state));
      if (outcome.kind === 'refused') throw new Error(`${kind} ${ref.id} cannot be completed: ${outcome.code}`);
    }
    return streams.read(ref);
  }

  private async applyLines(ref: ProcessRef, state: State, lines: number, lease: Lease): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < lines; from += AT_ONCE) {
      lease.check();
      const indexes = Array.from({ length: Math.min(AT_ONCE, lines - from) }, (_, index) => from + index);
      const settled = await Promise.allSettled(indexes.map((index) => this.parts.applyLine(ref, state, index)));
      for (const one of settled) {
        if (one.status === 'rejected') throw one.reason;
        outcomes.push(one.value);
      }
    }
    return outcomes;
  }
}

/** @param what a line from 1, or a step of the document */
export const lineCommandId = (kind: string, { tenant, id }: ProcessRef, what: number | string): string =>
  uuidOf(JSON.stringify([kind, tenant, id, what]));
