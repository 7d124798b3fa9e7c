import type { Entity } from './entity.js';

/** `$filter` of OData V2, as far as reading stock needs it: comparisons, `and`, `or`, `not` and parentheses. */
export interface Filter {
  readonly text: string;
  readonly names: readonly string[];
  test(entity: Entity): boolean;
  /** No entity whose material is before this one passes. */
  readonly materialFrom: string | undefined;
  /** Nor one whose material is this one or a later one. */
  readonly materialBefore: string | undefined;
}

type Node =
  | { readonly kind: 'compare'; readonly name: string; readonly operator: Operator; readonly value: string | number }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly inner: Node };

const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
type Operator = (typeof OPERATORS)[number];

const TOKEN = /\s*(?:([()])|'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)[MmLlDdFf]?(?![\w])|([A-Za-z_]\w*))/y;
type Token = { readonly kind: 'sign' | 'word' | 'text' | 'number'; readonly value: string };

export class FilterFault extends Error {}

/** @throws FilterFault where the filter cannot be read */
export function parseFilter(text: string): Filter {
  const tokens = tokensOf(text);
  const names: string[] = [];
  let position = 0;
  const peek = (): Token | undefined => tokens[position];
  const next = (): Token => {
    const token = tokens[position++];
    if (token === undefined) throw new FilterFault('The filter ends too early');
    return token;
  };
  const isWord = (word: string): boolean => peek()?.kind === 'word' && peek()?.value === word;

  const either = (): Node => {
    let left = both();
    while (isWord('or')) {
      next();
      left = { kind: 'or', left, right: both() };
    }
    return left;
  };
  const both = (): Node => {
    let left = one();
    while (isWord('and')) {
      next();
      left = { kind: 'and', left, right: one() };
    }
    return left;
  };
  const one = (): Node => {
    const token = next();
    if (token.kind === 'word' && token.value === 'not') return { kind: 'not', inner: one() };
    if (token.kind === 'sign' && token.value === '(') {
      const inner = either();
      if (next().value !== ')') throw new FilterFault('A parenthesis is not closed');
      return inner;
    }
    if (token.kind !== 'word') throw new FilterFault(`A property is expected at ${token.value}`);
    const given = next().value;
    const operator = OPERATORS.find((known) => known === given);
    if (operator === undefined) throw new FilterFault(`An operator is expected after ${token.value}`);
    const literal = next();
    if (literal.kind !== 'text' && literal.kind !== 'number')
      throw new FilterFault(`A literal is expected after ${token.value} ${operator}`);
    names.push(token.value);
    return { kind: 'compare', name: token.value, operator, value: literal.kind === 'text' ? literal.value : Number(literal.value) };
  };

  const root = either();
  if (position < tokens.length) throw new FilterFault(`${peek()?.value ?? ''} is too much`);
  return { text, names, test: (entity) => holds(root, entity), materialFrom: materialFrom(root), materialBefore: materialBefore(root) };
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) throw new FilterFault(`The filter cannot be read from position ${String(at)} on`);
    const [, sign, quoted, number, word] = found;
    if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else tokens.push({ kind: 'word', value: word ?? '' });
  }
  return tokens;
}

function holds(node: Node, entity: Entity): boolean {
  switch (node.kind) {
    case 'and':
      return holds(node.left, entity) && holds(node.right, entity);
    case 'or':
      return holds(node.left, entity) || holds(node.right, entity);
    case 'not':
      return !holds(node.inner, entity);
    case 'compare':
      return compares(node.operator, entity[node.name] ?? '', node.value);
  }
}

function compares(operator: Operator, given: string, value: string | number): boolean {
  const [left, right] = typeof value === 'number' ? [Number(given), value] : [given, value];
  switch (operator) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
  }
}

/** The least material that a filter lets pass, where that shows from the filter alone. */
function materialFrom(node: Node): string | undefined {
  if (node.kind === 'compare')
    return node.name === 'Material' && ['eq', 'gt', 'ge'].includes(node.operator) ? String(node.value) : undefined;
  if (node.kind === 'not') return undefined;
  const [left, right] = [materialFrom(node.left), materialFrom(node.right)];
  if (left === undefined || right === undefined) return node.kind === 'and' ? (left ?? right) : undefined;
  const [lower, higher] = left < right ? [left, right] : [right, left];
  return node.kind === 'and' ? higher : lower;
}

/** The material before which all lie that a filter lets pass, where that shows from bounds that all must meet. */
function materialBefore(node: Node): string | undefined {
  if (node.kind === 'compare') return node.name === 'Material' && node.operator === 'lt' ? String(node.value) : undefined;
  return node.kind === 'and' ? (materialBefore(node.left) ?? materialBefore(node.right)) : undefined;
}
