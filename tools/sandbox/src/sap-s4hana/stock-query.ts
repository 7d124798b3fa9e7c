import type { Company } from '../erp/company.js';
import { entityOf, isKeyOrder, PROPERTIES, type Entity } from './entity.js';
import { FilterFault, parseFilter, type Filter } from './filter.js';

export interface StockQuery {
  readonly filter: Filter | undefined;
  readonly select: readonly string[] | undefined;
  readonly orderBy: readonly string[];
  readonly top: number | undefined;
  readonly skip: number;
  readonly counted: boolean;
}

/** A query that the service does not understand. */
export class QueryFault extends Error {}

const KNOWN = new Set<string>(PROPERTIES);

/** @throws QueryFault */
export function queryOf(query: URLSearchParams): StockQuery {
  const orderBy = listOf(query.get('$orderby')).map((part) => {
    const [name = '', direction = 'asc'] = part.split(/\s+/);
    if (direction !== 'asc') throw new QueryFault('This simulator sorts upwards only');
    return known(name);
  });
  const select = query.get('$select');
  return {
    filter: filterOf(query.get('$filter')),
    select: select === null ? undefined : listOf(select).map(known),
    orderBy,
    top: wholeOf(query, '$top'),
    skip: wholeOf(query, '$skiptoken') ?? wholeOf(query, '$skip') ?? 0,
    counted: query.get('$inlinecount') === 'allpages',
  };
}

function filterOf(text: string | null): Filter | undefined {
  if (text === null) return undefined;
  try {
    const filter = parseFilter(text);
    filter.names.forEach(known);
    return filter;
  } catch (error) {
    if (error instanceof FilterFault) throw new QueryFault(error.message);
    throw error;
  }
}

function known(name: string): string {
  if (!KNOWN.has(name)) throw new QueryFault(`Resource not found for segment '${name}'`);
  return name;
}

const listOf = (text: string | null): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function wholeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw new QueryFault(`Invalid value for '${name}'`);
  return Number(text);
}

interface Scan {
  readonly key: string;
  /** Positions in the company's order that pass the filter, as far as they were looked for. */
  readonly found: number[];
  next: number;
  /** Where the rows end that can pass. */
  readonly end: number;
}

const KEPT_SCANS = 4;

/** Finds pages of rows. It remembers where the last scans stood, so that a million rows are looked at once and not once a page. */
export class StockSearch {
  private scans: readonly Scan[] = [];

  constructor(private readonly company: Company) {}

  /** @returns the entities of a page, and whether more follow */
  page({ filter, orderBy, skip }: StockQuery, size: number): { readonly entities: readonly Entity[]; readonly more: boolean } {
    if (!isKeyOrder(orderBy)) return this.sortedPage(filter, orderBy, skip, size);
    const scan = this.scanOf(filter);
    this.extend(scan, filter, skip + size + 1);
    const entities = scan.found.slice(skip, skip + size).map((position) => this.entity(position));
    return { entities, more: scan.found.length > skip + size };
  }

  count({ filter }: StockQuery): number {
    const scan = this.scanOf(filter);
    this.extend(scan, filter, Number.POSITIVE_INFINITY);
    return scan.found.length;
  }

  private sortedPage(filter: Filter | undefined, orderBy: readonly string[], skip: number, size: number) {
    const all = [...this.company.all()].map(entityOf).filter((entity) => filter?.test(entity) ?? true);
    const sorted = all.sort((one, other) => {
      for (const name of orderBy) {
        const [left = '', right = ''] = [one[name], other[name]];
        if (left !== right) return left < right ? -1 : 1;
      }
      return 0;
    });
    return { entities: sorted.slice(skip, skip + size), more: sorted.length > skip + size };
  }

  private scanOf(filter: Filter | undefined): Scan {
    // Quantities change without a row coming or going, so a filter by them is never remembered.
    const key =
      filter?.names.includes('MatlWrhsStkQtyInMatlBaseUnit') === true ? '' : `${String(this.company.version)} ${filter?.text ?? ''}`;
    const remembered = key === '' ? undefined : this.scans.find((scan) => scan.key === key);
    if (remembered !== undefined) return remembered;
    const [from, before] = [filter?.materialFrom, filter?.materialBefore];
    const scan = {
      key,
      found: [],
      next: from === undefined ? 0 : this.company.firstFrom(from),
      end: before === undefined ? this.company.count : this.company.firstFrom(before),
    };
    this.scans = [scan, ...this.scans].slice(0, KEPT_SCANS);
    return scan;
  }

  private extend(scan: Scan, filter: Filter | undefined, wanted: number): void {
    while (scan.found.length < wanted && scan.next < scan.end) {
      if (filter === undefined || filter.test(this.entity(scan.next))) scan.found.push(scan.next);
      scan.next += 1;
    }
  }

  private entity(position: number): Entity {
    const row = this.company.at(position);
    if (row === undefined) throw new Error(`no row at ${String(position)}`);
    return entityOf(row);
  }
}
