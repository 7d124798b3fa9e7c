import type { FigureTable, NotedReappraisal, Passed, PlacedFigure, Reading } from '@holdfast/ingestion';
import { mustReport } from '@holdfast/inventory';
import { reach, type Faults, type Life } from '@holdfast/simulation';
import { DatabaseUnavailable, type KeptIntake } from './kept-intake.js';

export type Figures = Pick<FigureTable, 'pass' | 'note' | 'isUsed' | 'reappraise'>;

interface Noted {
  readonly figure: number;
  readonly asOf: number;
  readonly locationId: string | null;
}

/** The tables of the pollers, which outlive every process: last figures, times of reappraisals, and who polls. */
export class KeptFigures {
  polledBy: Life | undefined;
  readonly #figures = new Map<string, Noted>();
  /** By warehouse and SKU: from which as-of time on an equal figure counts, and when that was noted. */
  readonly #due = new Map<string, Map<number, number>>();
  /** Stands for the database's clock. */
  #statements = 0;

  constructor(private readonly intake: KeptIntake) {}

  pass(figures: readonly PlacedFigure[], { asOf }: Reading): Passed {
    this.#statements += 1;
    const passed = figures.filter((read) => {
      const last = this.#figures.get(keyOf(read));
      if (last === undefined) return true;
      if (asOf <= last.asOf) return false;
      const due = [...(this.#due.get(keyOf(read))?.keys() ?? [])];
      return last.locationId !== read.locationId || mustReport(last, { figure: read.figure, asOf }, due);
    });
    return { figures: passed, lookedAt: String(this.#statements) };
  }

  note({ figures, lookedAt }: Passed, { asOf }: Reading): void {
    for (const read of figures) {
      const last = this.#figures.get(keyOf(read));
      if (last === undefined || last.asOf <= asOf)
        this.#figures.set(keyOf(read), { figure: read.figure, asOf, locationId: read.locationId });
      const due = this.#due.get(keyOf(read));
      for (const [time, notedAt] of due ?? []) if (time <= asOf && notedAt < Number(lookedAt)) due?.delete(time);
    }
  }

  /** The connection has no posting lag: what it presumes never counts. */
  reappraise(noted: readonly NotedReappraisal[]): void {
    this.#statements += 1;
    for (const { locationId, sku, presumes, time } of noted) {
      if (presumes) continue;
      for (const warehouseId of this.intake.warehousesOf(locationId)) {
        const key = keyOf({ warehouseId, sku });
        this.#due.set(key, (this.#due.get(key) ?? new Map<number, number>()).set(time, this.#statements));
      }
    }
  }
}

const keyOf = ({ warehouseId, sku }: Pick<PlacedFigure, 'warehouseId' | 'sku'>): string => JSON.stringify([warehouseId, sku]);
const unknown = (): Error => new DatabaseUnavailable('the simulated database did not answer');

/** The tables for one life of a process, over a network that fails as the faults say. */
export function simulatedFigures(kept: KeptFigures, life: Life, faults: Faults): Figures {
  const ask = <T>(work: () => T): Promise<T> => reach(life, faults, async () => Promise.resolve(work()), unknown);
  return {
    pass: (_, figures, reading) => ask(() => kept.pass(figures, reading)),
    note: (_, passed, reading) => ask(() => kept.note(passed, reading)),
    isUsed: () => Promise.resolve(true),
    reappraise: (noted) => ask(() => kept.reappraise(noted)),
  };
}
