import type { Runtime } from '@holdfast/runtime';
import type { Api } from '@holdfast/testing';
import { inspectLog } from '../audit/inspect-log.js';
import { readFigures, wrongUnits } from '../audit/units.js';
import { disagreements, type Acknowledged } from '../load/buyers.js';
import type { Erp } from '../load/erp.js';
import { Progress } from '../progress.js';
import { verify } from '../verify.js';

/** What the callers were told so far. */
export interface Told {
  readonly acknowledged: readonly Acknowledged[];
  /** Those of them that are asked again now. */
  readonly askedAgain: readonly Acknowledged[];
  readonly unanswered: readonly Acknowledged[];
  readonly erp: Erp;
}

class Quiet extends Progress {
  override show(): void {
    // The rounds have a line of their own.
  }
}

/** Everything that contradicts what callers were told, or one another, while nothing is going on. */
export async function audit(api: Api, runtime: Runtime, told: Told, outageMs: number): Promise<readonly string[]> {
  const faults = [...(await disagreements(api, told.askedAgain))];
  faults.push(...(await inspectLog(runtime.eventStore, { outageMs, settled: true })));
  const { violations, equal, setAside } = await verify(runtime, new Quiet());
  if (violations > 0) faults.push(`verify found ${String(violations)} violations`);
  if (!equal) faults.push('the tables differ from those that the log makes');
  if (setAside.live > 0) faults.push(`${String(setAside.live)} streams are set aside`);
  const { supplied } = told.erp;
  faults.push(...wrongUnits(await readFigures(api, [...supplied.keys()]), { ...told, supplied }));
  return faults;
}
