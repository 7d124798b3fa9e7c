import { parse, validate, type ValidationRule } from 'graphql';
import { Engine } from '../engine/engine.js';
import { OperationRefused } from '../engine/operation-refused.js';
import { RequestContext } from '../resolvers/context.js';
import type { Rest } from '../rest/rest.js';
import { buildInventorySchema } from '../schema/schema.js';
import { costOf } from './cost.js';
import { depthRule } from './rules.js';

const schema = buildInventorySchema();

/** Fails where an operation is carried out: what is refused must not have begun. */
const untouched = new RequestContext({} as Rest);
const engine = new Engine(true);

async function codesOf(query: string, variables: Record<string, unknown> = {}, by = engine): Promise<readonly unknown[]> {
  try {
    const { errors } = await by.execute({ query, variables, operationName: undefined }, untouched);
    return errors ?? [];
  } catch (error) {
    return error instanceof OperationRefused ? error.errors.map(({ extensions }) => extensions['code']) : [error];
  }
}

const aliases = (count: number): string => `{ ${Array.from({ length: count }, (_, index) => `a${index}: __typename`).join(' ')} }`;

const nested = (levels: number): string => (levels === 0 ? 'sku' : `... on InventoryItem { ${nested(levels - 1)} }`);

describe('an operation', () => {
  it.each([
    ['is no GraphQL', '{ inventoryItem(', 'graphql_syntax_error'],
    ['is a syntax tree instead of a document', '{"kind":"Document","definitions":[]}', 'graphql_syntax_error'],
    ['asks for what is not there', '{ nothing }', undefined],
    ['has too many tokens', `{ ${'__typename '.repeat(2_001)} }`, 'query_too_long'],
    ['has too many aliases', aliases(31), 'too_many_aliases'],
    ['has too many mutations', `mutation { ${Array.from({ length: 11 }, () => '__typename').join(' ')} }`, 'too_many_mutations'],
    ['would answer too much', '{ inventoryItems(first: 100) { edges { node { levels { id } channels { channelId } } } } }', undefined],
    ['is one of several without a name', 'query A { __typename } query B { __typename }', 'unknown_operation'],
    ['is a subscription that wants JSON', 'subscription { inventoryLevelChanged { sku } }', 'subscription_needs_event_stream'],
  ])('that %s is refused before it begins', async (_, query, code) => {
    const codes = await codesOf(query);
    if (code !== undefined) expect(codes).toEqual([code]);
  });

  it('may have as many aliases as the limit says', async () => expect(await codesOf(aliases(30))).toEqual([]));

  it('is refused by what it may answer, with the values of its variables', async () => {
    const query = `query($first: Int, $skus: [String!]!) {
      inventoryItems(first: $first) { edges { node { levels { id } channels { channelId } } } }
      availability(skus: $skus) { sku sources { locationId } }
    }`;
    const costs = (first: number, skus: number): number => {
      const document = parse(query);
      const [operation] = document.definitions;
      if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
      return costOf({ schema, document, operation, variables: { first, skus: Array.from({ length: skus }, String) } });
    };
    // A connection counts itself; each of ten edges has an edge, a node, four levels and four channels.
    expect(costs(10, 0)).toBe(1 + 10 * (1 + 1 + 4 + 4));
    expect(costs(10, 5)).toBe(costs(10, 0) + 5 * (1 + 4));
    expect(
      await codesOf(
        `{ ${Array.from({ length: 3 }, (_, index) => `p${index}: inventoryItems(first: 100) { edges { node { levels { id } channels { channelId } } } }`).join(' ')} }`,
      ),
    ).toEqual(['query_too_costly']);
  });

  it('is not deeper than the limit, by fragments neither', () => {
    const deep = (query: string, rule: ValidationRule = depthRule): readonly unknown[] =>
      validate(schema, parse(query), [rule]).map(({ extensions }) => extensions['code']);
    expect(deep('{ inventoryItems { edges { node { levels { id } } } } }')).toEqual([]);
    const chain = Array.from({ length: 12 }, (_, index) => `fragment F${index} on Query { a { ...F${index + 1} } }`).join(' ');
    expect(deep(`{ ...F0 } ${chain} fragment F12 on Query { b }`)).toEqual(['query_too_deep']);
    expect(deep(`{ ...F } fragment F on Query { a { ...F } }`)).toEqual([]);
    expect(deep(`{ inventoryItem(sku: "A") { ${nested(20)} } }`)).toEqual([]);
  });

  it('of fragments that spread each other twice is counted in no time', async () => {
    const chain = (leaf: string): string =>
      Array.from({ length: 60 }, (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`).join(' ') +
      ` fragment F60 on Query { ${leaf} }`;
    expect(await codesOf(`{ ...F0 } ${chain('__typename')}`)).toEqual([]);
    expect(await codesOf(`{ ...F0 } ${chain('inventoryItem(sku: "A") { levels { id } }')}`)).toEqual(['query_too_costly']);
  });

  it('may ask for the schema only where the setting allows it', async () => {
    const query = '{ __schema { types { name } } __type(name: "Query") { name } }';
    expect(await codesOf(query)).toEqual([]);
    expect(await codesOf(query, {}, new Engine(false))).toEqual(['introspection_disabled', 'introspection_disabled']);
    expect(await codesOf('{ __typename }', {}, new Engine(false))).toEqual([]);
  });

  it('is refused with every wrong variable', async () => {
    const query = 'mutation($input: InventoryAdjustmentInput!) { inventoryAdjust(input: $input) { userErrors { code } } }';
    const input = { sku: 'A', adjustments: [{ locationId: 'BER', delta: 0.5 }], idempotencyKey: 'k', effectiveAt: 3 };
    expect(await codesOf(query, { input })).toEqual([undefined, undefined]);
    expect(await codesOf(query)).toEqual([undefined]);
  });

  it('that came often is answered as at first', async () => {
    for (let index = 0; index < 600; index += 1) expect(await codesOf(`{ a${index % 300}: __typename }`)).toEqual([]);
  });
});
