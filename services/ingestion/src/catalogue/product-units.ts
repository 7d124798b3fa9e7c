import type { ProductUnit } from '@holdfast/inventory';

/** How units of measure are written in a cell of a file. */
export const UNITS_FORM = 'BOX=12;PALLET=480';

const ENTRY = /^([^=;]+)=([^=;]+)$/;

/** As a cell of a file; undefined for none. */
export const unitsText = (units: readonly ProductUnit[] | undefined): string | undefined =>
  units === undefined || units.length === 0 ? undefined : units.map(({ unit, units: held }) => `${unit}=${held}`).join(';');

/** Reads a cell of a file; undefined where it is not of the form. The values of its entries are checked with the product. */
export function unitsIn(cell: string): readonly ProductUnit[] | undefined {
  const units = cell.split(';').map((entry) => ENTRY.exec(entry));
  return units.every((found) => found !== null)
    ? units.map(([, unit = '', held = '']) => ({ unit: unit.trim(), units: held.trim() }))
    : undefined;
}

/** A line of a file with its units as the API takes them; a cell that is not of the form stays for the check to complain about. */
export const withUnits = ({ units, ...line }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  units === undefined ? line : { ...line, units: (typeof units === 'string' ? unitsIn(units) : undefined) ?? units };
