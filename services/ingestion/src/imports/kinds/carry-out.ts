import { allDone, runInLanes } from '@holdfast/kit';
import { lineOfProblem } from '../../lines/line-result.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Carrying, LineOutcome, WaitingLine } from '../import-kind.js';
import type { Change, DescribedThings } from './described-things.js';

const AT_ONCE = 256;

/** What becomes of a line, and what has to be changed for it; nothing where `change` is missing. */
export interface PlannedLine {
  readonly outcome: LineOutcome;
  readonly change?: Change;
}

export const inLanes = async (
  things: DescribedThings,
  lines: readonly WaitingLine[],
  work: (line: WaitingLine) => Promise<LineOutcome>,
): Promise<readonly LineOutcome[]> => {
  const [id] = things.keys;
  const laneOf = ({ cells, former }: WaitingLine): string => things.laneOf?.(cells) ?? String(cells[id] ?? former?.[id]);
  return allDone(await runInLanes(lines, { laneOf, lanes: AT_ONCE, window: 1 }, work));
};

/** Carries lines out: those that trade with each other first, together, then the others, each by itself. */
export async function carryOut(
  things: DescribedThings,
  asker: Asker,
  lines: readonly WaitingLine[],
  { commandIdOf }: Pick<Carrying, 'commandIdOf'>,
  plan: (line: WaitingLine) => Promise<PlannedLine>,
): Promise<readonly LineOutcome[]> {
  const groups = things.trading?.groups(lines) ?? [];
  const traded: LineOutcome[] = [];
  for (const group of groups) traded.push(...(await tradeTogether(things, asker, group, commandIdOf, plan)));
  const inGroups = new Set(groups.flat());
  const alone = await inLanes(
    things,
    lines.filter((line) => !inGroups.has(line)),
    async (line) => {
      const { outcome, change } = await plan(line);
      if (change === undefined) return outcome;
      return (await refusedOr([outcome], () => changeOne(things, asker, change, commandIdOf(line.line))))[0] ?? outcome;
    },
  );
  return [...traded, ...alone];
}

async function tradeTogether(
  things: DescribedThings,
  asker: Asker,
  group: readonly WaitingLine[],
  commandIdOf: Carrying['commandIdOf'],
  plan: (line: WaitingLine) => Promise<PlannedLine>,
): Promise<readonly LineOutcome[]> {
  const planned: PlannedLine[] = [];
  for (const line of group) planned.push(await plan(line));
  const changes = planned.flatMap(({ change }) => change ?? []);
  const settled = planned.filter(({ change }) => change === undefined).map(({ outcome }) => outcome);
  if (changes.length === 0) return settled;
  const outcomes = planned.filter(({ change }) => change !== undefined).map(({ outcome }) => outcome);
  const commandId = commandIdOf(Math.min(...outcomes.map(({ line }) => line)));
  return [...settled, ...(await refusedOr(outcomes, async () => things.trading?.putAll(asker, changes, commandId)))];
}

function changeOne(things: DescribedThings, asker: Asker, { cells, values }: Change, commandId: string): Promise<void> {
  if (values !== null) return things.put(asker, cells, values, commandId);
  if (things.removal === undefined) throw new Error(`nothing says how ${things.keys[0]} is removed`);
  return things.removal.remove(asker, cells, commandId);
}

/** The outcomes where the work succeeds; where it is refused, none of the lines had an effect. */
async function refusedOr(outcomes: readonly LineOutcome[], work: () => Promise<void>): Promise<readonly LineOutcome[]> {
  try {
    await work();
    return outcomes;
  } catch (error) {
    return outcomes.map(({ line }) => {
      const { code = 'refused', message = 'the line was refused' } = lineOfProblem(line, error);
      return { line, result: 'failed', fault: { column: null, code, says: message } };
    });
  }
}
