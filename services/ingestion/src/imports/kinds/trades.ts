import type { WaitingLine } from '../import-kind.js';

/** A listing of a channel. */
const listing = (line: WaitingLine, listingId: unknown): string =>
  JSON.stringify([line.cells['channelId'] ?? line.former?.['channelId'], listingId]);

/** What the line gives its SKU; undefined where it gives it no other listing. */
const wanted = (line: WaitingLine): string | undefined => {
  const { listingId = null } = line.cells;
  return listingId === null || !changesListing(line) ? undefined : listing(line, listingId);
};

/** What its SKU has and gives up; undefined where it has none or keeps it. */
const given = (line: WaitingLine): string | undefined => {
  const { listingId = null } = line.former ?? {};
  return listingId === null || !changesListing(line) ? undefined : listing(line, listingId);
};

/** What stood there before is told of columns that change. */
const changesListing = ({ former }: WaitingLine): boolean => former !== null && 'listingId' in former;

/**
 * Lines of a file of mappings that give a SKU the listing which the SKU of another line gives up, in circles (A and B trade) or chains (A gets
 * what B had, B gets one that is free): each group takes effect as a whole. Of two lines that want one listing, only the first is in a group.
 */
export function tradesOf(lines: readonly WaitingLine[]): readonly (readonly WaitingLine[])[] {
  const giver = new Map<string, WaitingLine>();
  for (const line of lines) {
    const gives = given(line);
    if (gives !== undefined) giver.set(gives, line);
  }
  const trades = new Groups();
  const taken = new Set<string>();
  for (const line of lines) {
    const wants = wanted(line);
    if (wants === undefined || taken.has(wants)) continue;
    taken.add(wants);
    const from = giver.get(wants);
    if (from !== undefined) trades.join(line, from);
  }
  return trades.all();
}

/** Sets of lines that are joined step by step. */
class Groups {
  private readonly parents = new Map<WaitingLine, WaitingLine>();

  join(one: WaitingLine, other: WaitingLine): void {
    const [root, joined] = [this.rootOf(one), this.rootOf(other)];
    this.parents.set(joined, root);
    this.parents.set(root, root);
  }

  /** Each in the order of the file. */
  all(): readonly (readonly WaitingLine[])[] {
    const groups = new Map<WaitingLine, WaitingLine[]>();
    for (const line of this.parents.keys()) {
      const root = this.rootOf(line);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [line]);
      else group.push(line);
    }
    return [...groups.values()].map((group) => group.sort((one, other) => one.line - other.line));
  }

  private rootOf(line: WaitingLine): WaitingLine {
    let root = line;
    for (let parent = this.parents.get(root); parent !== undefined && parent !== root; parent = this.parents.get(root)) root = parent;
    // Shortens the way for the next time, so that a long chain takes no time in the square of its length.
    for (let each = line; each !== root;) {
      const next = this.parents.get(each) ?? root;
      this.parents.set(each, root);
      each = next;
    }
    return root;
  }
}
