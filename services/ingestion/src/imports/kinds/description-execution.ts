import type { Asker } from '../../stock/stock.service.js';
import type { Carrying, Execution, Former, LineFault, LineOutcome, WaitingLine } from '../import-kind.js';
import { carryOut, inLanes, type PlannedLine } from './carry-out.js';
import type { Cells, DescribedThings, Standing } from './described-things.js';

/**
 * Carries lines that describe things out: fields given are set, empty cells change nothing. What stood there before is stored before it is
 * changed, so that a line that comes again after a crash is told, and undone, as it was.
 */
export class DescriptionExecution implements Execution {
  constructor(protected readonly things: DescribedThings) {}

  async look(asker: Asker, lines: readonly WaitingLine[]): Promise<ReadonlyMap<number, Former>> {
    const looked = await inLanes(this.things, lines, async ({ line, cells }) => {
      const { former } = await this.formerOf(asker, cells);
      return { line, result: 'unchanged', former };
    });
    return new Map(looked.map(({ line, former = {} }) => [line, former]));
  }

  foresee(asker: Asker, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]> {
    return inLanes(this.things, lines, async ({ line, cells }) => {
      const { standing, former } = await this.formerOf(asker, cells);
      const fault = await this.things.faultOf(asker.tenant, cells, standing);
      return fault === undefined ? outcomeOf(line, former) : { line, result: 'failed', fault };
    });
  }

  apply(asker: Asker, lines: readonly WaitingLine[], carrying: Carrying): Promise<readonly LineOutcome[]> {
    return carryOut(this.things, asker, lines, carrying, (line) => this.plan(asker, line));
  }

  private async plan({ tenant }: Asker, { line, cells, former }: WaitingLine): Promise<PlannedLine> {
    if (former === null) throw new Error(`what stood there before line ${String(line)} was not looked up`);
    const outcome = outcomeOf(line, former);
    if (outcome.result === 'unchanged') return { outcome };
    const fault = await this.things.faultOf(tenant, cells, await this.things.read(tenant, cells));
    if (fault !== undefined) return { outcome: { line, result: 'failed', fault } };
    const changed = Object.keys(former).flatMap((name): [string, string | number][] => {
      const value = this.things.keys.includes(name) ? undefined : cells[name];
      return value === undefined ? [] : [[name, value]];
    });
    return { outcome, change: { cells, values: Object.fromEntries(changed) } };
  }

  /** The columns that the line changes, with what stands in them; of a thing that is not there yet also its id, empty. */
  private async formerOf({ tenant }: Asker, cells: Cells): Promise<{ readonly standing: Standing; readonly former: Former }> {
    const standing = await this.things.read(tenant, cells);
    const [id, ...others] = this.things.keys;
    const names = Object.keys(cells).filter((name) => name !== id && !others.includes(name) && cells[name] !== standing.values[name]);
    const former = Object.fromEntries(names.map((name): [string, string | number | null] => [name, standing.values[name] ?? null]));
    return { standing, former: standing.exists ? former : { ...former, [id]: null } };
  }
}

/** Takes descriptions back: fields get their former values where they still have those that are to be taken back. */
export class RestoringExecution implements Execution {
  constructor(private readonly things: DescribedThings) {}

  foresee(asker: Asker, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]> {
    return inLanes(this.things, lines, async (line) => (await this.plan(asker, line)).outcome);
  }

  apply(asker: Asker, lines: readonly WaitingLine[], carrying: Carrying): Promise<readonly LineOutcome[]> {
    return carryOut(this.things, asker, lines, carrying, (line) => this.plan(asker, line));
  }

  private async plan({ tenant }: Asker, { line, cells, former }: WaitingLine): Promise<PlannedLine> {
    const expected = former ?? {};
    const subject = { ...given(cells), ...given(expected) };
    const [id] = this.things.keys;
    const standing = await this.things.read(tenant, subject);
    const isMade = id in expected && (cells[id] ?? null) === null;
    const removal = isMade ? this.things.removal : undefined;
    const values: Record<string, string | number | null> = {};
    let fault = isMade && removal === undefined ? cannotBeRemoved(id, subject) : undefined;
    for (const name of Object.keys(expected).filter((one) => one !== id)) {
      const wanted = cells[name] ?? null;
      const now = standing.values[name] ?? null;
      // Put back before a crash.
      if (now === wanted) continue;
      if (now !== expected[name])
        fault ??= {
          column: name,
          code: 'changed_since',
          says: `${name} was changed after the import; set it by hand if it shall be as before`,
        };
      if (wanted === null && removal === undefined && !this.things.emptiable.has(name))
        fault ??= { column: name, code: 'cannot_be_emptied', says: `${name} was empty before, and cannot be emptied again` };
      values[name] = wanted;
    }
    fault ??= await (removal === undefined
      ? this.things.faultOf(tenant, given({ ...subject, ...values }), standing)
      : removal.faultOf(tenant, subject));
    if (fault !== undefined) return { outcome: { line, result: 'failed', fault } };
    const outcome: LineOutcome = { line, result: 'applied', former: expected };
    if (removal !== undefined) return { outcome, change: { cells: subject, values: null } };
    return Object.keys(values).length === 0 ? { outcome } : { outcome, change: { cells: subject, values } };
  }
}

const given = (cells: Former): Cells =>
  Object.fromEntries(Object.entries(cells).filter((entry): entry is [string, string | number] => entry[1] !== null));

const cannotBeRemoved = (id: string, subject: Cells): LineFault => ({
  column: id,
  code: 'cannot_be_removed',
  says: `the import made ${String(subject[id])}, which cannot be removed; nothing of it changes`,
});

const outcomeOf = (line: number, former: Former): LineOutcome => ({
  line,
  result: Object.keys(former).length === 0 ? 'unchanged' : 'applied',
  former,
});
