import { ROW_NAME, type MatrixStore } from '../../live/matrix-store.js';
import { moved, type Cell } from './grid-moves.js';
import { cellId, gridElement, GridRow, ROW_PX, type GridTexts } from './grid-row.js';

const HEAD_PX = 38;
/** Rows above and below the window, so that quick scrolling shows no gap. */
const SPARE_ROWS = 4;

export interface GridPlace extends Cell {
  readonly scrollTop: number;
  readonly scrollLeft: number;
}

/**
 * Shows a window of a matrix and writes its cells directly: a change writes one text and one class. The element given is a `role=grid`
 * that has the focus; its active cell is named by `aria-activedescendant`.
 */
export class GridPainter {
  /** Called when a cell is opened; column -1 is the row's name. */
  onOpen: (sku: string, column: number) => void = () => undefined;
  /** Called when a row is to be pinned, or let go. */
  onPin: (sku: string) => void = () => undefined;
  private readonly head = gridElement('head', 'row');
  private readonly body = gridElement('body', 'rowgroup');
  private rows: GridRow[] = [];
  /** Rows in view by their row of the store. */
  private readonly inView = new Map<number, GridRow>();
  private order = new Uint32Array();
  private store: MatrixStore | undefined;
  private texts: GridTexts | undefined;
  private readonly touched = new Set<number>();
  private frame: number | undefined;
  private active: Cell = { row: 0, column: 0 };
  private readonly resized = new ResizeObserver(() => this.layOut());
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)');
  private readonly left = new AbortController();

  constructor(private readonly grid: HTMLElement) {
    const heads = gridElement('heads', 'rowgroup');
    heads.append(this.head);
    this.head.setAttribute('aria-rowindex', '1');
    grid.replaceChildren(heads, this.body);
    const { signal } = this.left;
    grid.addEventListener('scroll', () => this.paintSoon(), { passive: true, signal });
    grid.addEventListener('keydown', (event) => this.onKey(event), { signal });
    grid.addEventListener('click', (event) => this.onClick(event), { signal });
    this.resized.observe(grid);
  }

  get place(): GridPlace {
    return { scrollTop: this.grid.scrollTop, scrollLeft: this.grid.scrollLeft, ...this.active };
  }

  /** Goes where the screen was left. */
  restore({ scrollTop, scrollLeft, row, column }: GridPlace): void {
    this.active = { row: Math.min(row, Math.max(0, this.order.length - 1)), column };
    this.grid.scrollTo({ top: scrollTop, left: scrollLeft });
    this.paintAll();
  }

  show(store: MatrixStore, order: Uint32Array<ArrayBuffer>, texts: GridTexts): void {
    const isNew = this.store !== store || this.texts !== texts;
    this.store = store;
    this.texts = texts;
    this.order = order;
    this.body.style.height = `${order.length * ROW_PX}px`;
    this.grid.setAttribute('aria-rowcount', String(order.length + 1));
    this.grid.setAttribute('aria-colcount', String(store.columns.length + 1));
    this.active = { ...this.active, row: Math.max(0, Math.min(this.active.row, order.length - 1)) };
    if (isNew) this.begin(store, texts);
    this.layOut();
  }

  /** A cell of the store changed, or the name of a row; it is written with the next frame, where it is in view. */
  touch(row: number, column: number): void {
    if (this.store === undefined) return;
    this.touched.add(row * (this.store.columns.length + 1) + column + 1);
    this.paintSoon();
  }

  close(): void {
    this.left.abort();
    this.resized.disconnect();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
  }

  private begin({ columns }: MatrixStore, { product }: GridTexts): void {
    const name = 'min(15rem, 55vw)';
    this.grid.style.setProperty('--columns', `minmax(${name}, 1.4fr) repeat(${columns.length}, minmax(7rem, 1fr))`);
    this.grid.style.setProperty('--wide', `calc(${name} + ${7 * columns.length}rem)`);
    const corner = gridElement('name', 'columnheader');
    corner.textContent = product;
    const heads = columns.map((column) => {
      const cell = gridElement('headCell', 'columnheader');
      cell.textContent = column.name;
      cell.title = column.id;
      return cell;
    });
    this.head.replaceChildren(corner, ...heads);
    this.rows = [];
    this.body.replaceChildren();
  }

  /** Makes as many rows as the height shows. */
  private layOut(): void {
    const { store, texts } = this;
    if (store === undefined || texts === undefined) return;
    const wanted = Math.min(this.order.length, Math.ceil(this.grid.clientHeight / ROW_PX) + 2 * SPARE_ROWS);
    while (this.rows.length > wanted) this.rows.pop()?.element.remove();
    while (this.rows.length < wanted) {
      const row = new GridRow(store, texts);
      this.rows.push(row);
      this.body.append(row.element);
    }
    this.paintAll();
  }

  private paintAll(): void {
    for (const row of this.rows) row.at = -1;
    this.paintSoon();
  }

  private paintSoon(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.paint();
    });
  }

  private paint(): void {
    const first = Math.max(0, Math.floor(this.grid.scrollTop / ROW_PX) - SPARE_ROWS);
    const last = Math.min(this.order.length, first + this.rows.length);
    this.inView.clear();
    for (let at = first; at < last; at += 1) {
      const row = this.rows[at % this.rows.length];
      const storeRow = this.order[at];
      if (row === undefined || storeRow === undefined) continue;
      if (row.at !== at) {
        row.fill(at, storeRow);
        row.markActive(at === this.active.row ? this.active.column : undefined);
      }
      this.inView.set(storeRow, row);
    }
    this.grid.setAttribute('aria-activedescendant', cellId(this.active.row, this.active.column));
    this.paintTouched();
  }

  private paintTouched(): void {
    const width = (this.store?.columns.length ?? 0) + 1;
    for (const key of this.touched) {
      const [row, column] = [Math.floor(key / width), (key % width) - 1];
      if (column === ROW_NAME) this.inView.get(row)?.writeHeld(row);
      else this.inView.get(row)?.write(row, column, !this.still.matches);
    }
    this.touched.clear();
  }

  private go(cell: Cell): void {
    this.active = cell;
    this.grid.setAttribute('aria-activedescendant', cellId(cell.row, cell.column));
    const top = cell.row * ROW_PX;
    const visible = this.grid.clientHeight - HEAD_PX;
    // Never under the head, which stays in place.
    if (top < this.grid.scrollTop) this.grid.scrollTop = top;
    else if (top + ROW_PX > this.grid.scrollTop + visible) this.grid.scrollTop = top + ROW_PX - visible;
    this.showColumn(cell.column);
    this.paintAll();
  }

  /** Never under the names, which stay in place too. */
  private showColumn(column: number): void {
    const [name, head] = [this.head.firstElementChild, this.head.children[column]];
    if (column === 0 || !(name instanceof HTMLElement) || !(head instanceof HTMLElement)) return;
    const [left, right] = [head.offsetLeft - name.offsetWidth, head.offsetLeft + head.offsetWidth - this.grid.clientWidth];
    if (left < this.grid.scrollLeft) this.grid.scrollLeft = left;
    else if (right > this.grid.scrollLeft) this.grid.scrollLeft = right;
  }

  private onKey(event: KeyboardEvent): void {
    const pageRows = Math.max(1, Math.floor(this.grid.clientHeight / ROW_PX) - 2);
    const cell = moved(event, this.active, { rows: this.order.length, columns: this.store?.columns.length ?? 0, pageRows });
    if (cell !== undefined) this.go(cell);
    else if (event.key === 'Enter' || event.key === 'e') this.open();
    else if (event.key === 'p' && !event.ctrlKey && !event.metaKey) this.pin();
    else return;
    event.preventDefault();
  }

  private onClick(event: MouseEvent): void {
    const found = event.target instanceof Element ? event.target.closest('[id^="cell-"]') : null;
    const [, row, column] = /^cell-(\d+)-(\d+)$/.exec(found?.id ?? '') ?? [];
    if (row === undefined || column === undefined) return;
    this.go({ row: Number(row), column: Number(column) });
    if (event.target instanceof HTMLElement && event.target.dataset['pin'] !== undefined) this.pin();
    else this.open();
  }

  private get activeSku(): string | undefined {
    return this.store?.skus[this.order[this.active.row] ?? -1];
  }

  private pin(): void {
    if (this.activeSku !== undefined) this.onPin(this.activeSku);
  }

  private open(): void {
    if (this.activeSku !== undefined) this.onOpen(this.activeSku, this.active.column - 1);
  }
}
