import { allDone, runInLanes } from '@holdfast/kit';
import type { CsvLine } from '../../csv/csv-table.js';
import { lineOfProblem } from '../../lines/line-result.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Carrying, Execution, Former, LineFault, LineOutcome, WaitingLine } from '../import-kind.js';

type Cells = CsvLine['value'];

/** What stands there of the thing that a line is about. */
export interface Standing {
  readonly exists: boolean;
  /** By column; what is missing is empty. */
  readonly values: Readonly<Record<string, string | number | undefined>>;
}

/** Things that lines describe, such as products: each column is one field of them. */
export interface DescribedThings {
  /** Columns that say which thing a line is about. The first is its id. */
  readonly keys: readonly [string, ...string[]];
  /** Lines with the same text are carried out one after another, in the order of the file; where it is left out, those of one id. */
  laneOf?(cells: Former): string;
  /** Columns that can be emptied again. */
  readonly emptiable: ReadonlySet<string>;
  read(tenant: string, cells: Cells): Promise<Standing>;
  /** What is wrong with a line that the columns alone do not tell. */
  faultOf(tenant: string, cells: Cells, standing: Standing): Promise<LineFault | undefined>;
  /** Sets the columns given and leaves the others. A column that is null is emptied. @throws Problem */
  put(asker: Asker, cells: Cells, values: Former, commandId: string): Promise<void>;
  /** How something that an import made is removed again; undefined where it cannot be. */
  readonly removal?: Removal | undefined;
}

export interface Removal {
  /** Why it cannot be removed as it is now. */
  faultOf(tenant: string, cells: Cells): Promise<LineFault | undefined>;
  /** Removes it; where it is gone, nothing happens. @throws Problem */
  remove(asker: Asker, cells: Cells, commandId: string): Promise<void>;
}

const AT_ONCE = 256;

const inLanes = async (
  things: DescribedThings,
  lines: readonly WaitingLine[],
  work: (line: WaitingLine) => Promise<LineOutcome>,
): Promise<readonly LineOutcome[]> => {
  const [id] = things.keys;
  const laneOf = ({ cells, former }: WaitingLine): string => things.laneOf?.(cells) ?? String(cells[id] ?? former?.[id]);
  return allDone(await runInLanes(lines, { laneOf, lanes: AT_ONCE, window: 1 }, work));
};

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

  apply(asker: Asker, lines: readonly WaitingLine[], { commandIdOf }: Carrying): Promise<readonly LineOutcome[]> {
    return inLanes(this.things, lines, async ({ line, cells, former }) => {
      if (former === null) throw new Error(`what stood there before line ${String(line)} was not looked up`);
      const outcome = outcomeOf(line, former);
      if (outcome.result === 'unchanged') return outcome;
      const fault = await this.things.faultOf(asker.tenant, cells, await this.things.read(asker.tenant, cells));
      if (fault !== undefined) return { line, result: 'failed', fault };
      const changed = Object.keys(former).flatMap((name): [string, string | number][] => {
        const value = this.things.keys.includes(name) ? undefined : cells[name];
        return value === undefined ? [] : [[name, value]];
      });
      return attempt(outcome, () => this.things.put(asker, cells, Object.fromEntries(changed), commandIdOf(line)));
    });
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

  apply(asker: Asker, lines: readonly WaitingLine[], { commandIdOf }: Carrying): Promise<readonly LineOutcome[]> {
    return inLanes(this.things, lines, async (line) => {
      const { outcome, subject, values, removal } = await this.plan(asker, line);
      if (outcome.result === 'failed') return outcome;
      if (removal !== undefined) return attempt(outcome, () => removal.remove(asker, subject, commandIdOf(line.line)));
      if (Object.keys(values).length === 0) return outcome;
      return attempt(outcome, () => this.things.put(asker, subject, values, commandIdOf(line.line)));
    });
  }

  private async plan({ tenant }: Asker, { line, cells, former }: WaitingLine) {
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
    const outcome: LineOutcome = fault === undefined ? { line, result: 'applied', former: expected } : { line, result: 'failed', fault };
    return { outcome, subject, values, removal };
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

async function attempt(outcome: LineOutcome, work: () => Promise<void>): Promise<LineOutcome> {
  try {
    await work();
    return outcome;
  } catch (error) {
    const { code = 'refused', message = 'the line was refused' } = lineOfProblem(outcome.line, error);
    return { line: outcome.line, result: 'failed', fault: { column: null, code, says: message } };
  }
}
