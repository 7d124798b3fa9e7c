/** Filters, columns and order of a screen under a name. What it holds is the address, so it can be sent to others. */
export interface SavedView {
  readonly name: string;
  /** Below `/app`. */
  readonly path: string;
  /** Parameters of the address, as they are written there. */
  readonly query: string;
}

/** Views of a screen; more would be a list that nobody reads. */
const MOST = 50;

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'path', 'query'].every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'string');

/** Reads what was kept; what cannot be read is left out. */
export function viewsOf(kept: string | null): readonly SavedView[] {
  try {
    const value: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(value) ? value.filter(isView) : [];
  } catch {
    return [];
  }
}

const byName = (one: SavedView, other: SavedView): number => one.name.localeCompare(other.name);

/** Keeps a view in place of the one of its name. The oldest of a screen goes where there are too many. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const others = views.filter(({ name, path }) => path !== view.path || name !== view.name);
  const [elsewhere, here] = [others.filter(({ path }) => path !== view.path), others.filter(({ path }) => path === view.path)];
  return [...elsewhere, ...here.slice(-(MOST - 1)), view];
}

export const withoutView = (views: readonly SavedView[], { name, path }: SavedView): readonly SavedView[] =>
  views.filter((view) => view.path !== path || view.name !== name);

/** Views of a screen by name. */
export const viewsAt = (views: readonly SavedView[], path: string): readonly SavedView[] =>
  views.filter((view) => view.path === path).toSorted(byName);

/** Places of columns that are hidden, as the address has them. */
export const hiddenOf = (text: string | undefined): ReadonlySet<number> =>
  new Set((text ?? '').split(',').flatMap((part) => (/^\d{1,2}$/.test(part) ? [Number(part)] : [])));

/** The address after a column was hidden or shown; undefined where all are shown. */
export function toggled(hidden: ReadonlySet<number>, column: number): string | undefined {
  const next = new Set(hidden);
  if (!next.delete(column)) next.add(column);
  return next.size === 0 ? undefined : [...next].toSorted((one, other) => one - other).join(',');
}
