import type { MatrixStore } from '../../live/matrix-store.js';
import { NOTHING } from '../../live/matrix-store.js';
import styles from './grid.module.css';
import { heatOf, SIGNS, type Heat } from './heat.js';

export const ROW_PX = 32;
const MARK_MS = 600;

export interface GridTexts {
  readonly units: (value: number) => string;
  /** Read out instead of the sign. */
  readonly heat: Readonly<Record<Heat, string>>;
  readonly product: string;
  /** SKUs that stand first, and what is said of each. */
  readonly pins: readonly string[];
  readonly pinned: string;
  /** Units of a row that may not leave. */
  readonly held: (units: number) => string;
}

export const gridElement = (className: string, role?: string): HTMLElement => {
  const made = document.createElement('div');
  made.className = styles[className] ?? '';
  if (role !== undefined) made.setAttribute('role', role);
  return made;
};

/** Id of a cell; column 0 is the row's name. */
export const cellId = (row: number, column: number): string => `cell-${row}-${column}`;

/** The elements of one row, used again for whatever scrolls into view. */
export class GridRow {
  readonly element = gridElement('row', 'row');
  /** Place in the order that it shows; -1 where it shows nothing. */
  at = -1;
  private readonly name = gridElement('name', 'rowheader');
  private readonly pin = gridElement('pin');
  private readonly sku = gridElement('sku');
  private readonly product = gridElement('product');
  private readonly held = gridElement('held');
  private readonly cells: readonly { readonly element: HTMLElement; readonly sign: HTMLElement; readonly figure: Text }[];

  constructor(
    private readonly store: MatrixStore,
    private readonly texts: GridTexts,
  ) {
    this.pin.setAttribute('aria-hidden', 'true');
    this.pin.dataset['pin'] = '';
    this.name.append(this.pin, this.sku, this.product, this.held);
    this.cells = store.columns.map(() => {
      const [cell, sign, figure] = [gridElement('cell', 'gridcell'), gridElement('sign', 'img'), document.createTextNode('')];
      cell.append(sign, figure);
      return { element: cell, sign, figure };
    });
    this.element.append(this.name, ...this.cells.map((cell) => cell.element));
  }

  /** Shows a row of the store at a place of the order. */
  fill(at: number, storeRow: number): void {
    this.at = at;
    this.element.style.transform = `translateY(${at * ROW_PX}px)`;
    this.element.setAttribute('aria-rowindex', String(at + 2));
    this.name.id = cellId(at, 0);
    this.sku.textContent = this.store.skus[storeRow] ?? '';
    this.product.textContent = this.store.names[storeRow] ?? '';
    const isPinned = this.texts.pins.includes(this.store.skus[storeRow] ?? '');
    this.pin.textContent = isPinned ? '★' : '☆';
    if (isPinned) this.name.setAttribute('aria-description', this.texts.pinned);
    else this.name.removeAttribute('aria-description');
    this.writeHeld(storeRow);
    for (const [column, cell] of this.cells.entries()) {
      cell.element.id = cellId(at, column + 1);
      this.write(storeRow, column);
    }
  }

  /** Writes again how many units may not leave. */
  writeHeld(storeRow: number): void {
    const units = this.store.heldIn(storeRow);
    this.held.textContent = units === 0 ? '' : `⊘ ${this.texts.held(units)}`;
  }

  /** Writes one figure again. @param marked shows for a moment that it changed */
  write(storeRow: number, column: number, marked = false): void {
    const [cell, about] = [this.cells[column], this.store.columns[column]];
    if (cell === undefined || about === undefined) return;
    const figure = this.store.at(storeRow, column);
    const heat = heatOf(figure, about);
    const active = cell.element.classList.contains(styles['active'] ?? 'active') ? styles['active'] : '';
    cell.element.className = `${styles['cell'] ?? ''} ${styles[heat] ?? ''} ${active ?? ''}`;
    cell.figure.data = figure === NOTHING ? '–' : this.texts.units(figure);
    cell.sign.textContent = SIGNS[heat];
    cell.sign.setAttribute('aria-label', this.texts.heat[heat]);
    if (marked) cell.element.animate([{ boxShadow: 'inset 0 0 0 2px currentColor' }, { boxShadow: 'none' }], MARK_MS);
  }

  /** Marks one cell as the active one, or none. */
  markActive(column: number | undefined): void {
    for (const [index, cell] of [this.name, ...this.cells.map(({ element }) => element)].entries())
      cell.classList.toggle(styles['active'] ?? 'active', index === column);
  }
}
