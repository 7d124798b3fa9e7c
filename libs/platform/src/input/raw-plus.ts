import { parse } from 'node:querystring';
import type { Fault } from './faults.js';
import { fieldsOf } from './fields.js';

type Query = Readonly<Record<string, unknown>>;

const rawPluses = new WeakMap<Query, ReadonlySet<string>>();

const hasRawPlus = (pair: string): boolean => pair.includes('+', pair.indexOf('='));

/** Reads a query as forms and `URLSearchParams` write it, and remembers which parameters had a raw `+`, which both read as a space. */
export function parseQuery(text: string): Query {
  const query = parse(text, '&', '=', { maxKeys: 0 });
  if (text.includes('+'))
    rawPluses.set(
      query,
      new Set(
        text
          .split('&')
          .filter(hasRawPlus)
          .map((pair) => Object.keys(parse(pair))[0] ?? ''),
      ),
    );
  return query;
}

/** The query with each raw `+` read as its field is meant, or the fault of one that may mean either. */
export function readRawPluses(shape: new () => object, query: Query): { readonly query: Query } | { readonly fault: Fault } {
  const names = rawPluses.get(query);
  if (names === undefined) return { query };
  const read: Record<string, unknown> = { ...query };
  for (const field of names) {
    const rule = fieldsOf(shape).get(field)?.rawPlus;
    if (rule === 'refused') return { fault: { field, message: 'must have a plus as %2B and a space as %20' } };
    const value = read[field];
    if (rule === 'plus' && typeof value === 'string') read[field] = value.replaceAll(' ', '+');
  }
  return { query: read };
}
