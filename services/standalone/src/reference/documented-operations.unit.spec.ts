import { readFileSync } from 'node:fs';
import { ROUTES } from '@holdfast/platform';
import { anonymous, documentsFolder, mutationsIn, operationsIn, readDocuments, type DocumentedOperation } from './documented-operations.js';

/** Operations that are still being built: none. One that answers by now has to leave this list. */
const NOT_YET: readonly string[] = [];

const folder = documentsFolder();
const documents = readDocuments(folder);
const named = ({ method, path }: DocumentedOperation): string => `${method} ${path}`;

const described = JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')) as { readonly paths: Record<string, object> };
const inDocument = new Set(
  Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${anonymous(path)}`),
  ),
);
const routed = new Set(
  Object.values(ROUTES)
    .flat()
    .map(([method, path]) => `${method} ${anonymous(path)}`),
);

const describeHere = documents.length === 0 ? describe.skip : describe;

describeHere(
  `the operations of the source documents (${documents.length === 0 ? `skipped: no ${folder}, see HOLDFAST_SOURCES_DIR` : folder})`,
  () => {
    const operations = operationsIn(documents).map(named);
    const mutations = mutationsIn(documents);
    const missing = (present: ReadonlySet<string>): readonly string[] =>
      operations.filter((operation) => !present.has(operation) && !NOT_YET.includes(operation));

    it('are 83, one of them a mutation of GraphQL', () => {
      expect(mutations).toEqual(['inventoryAdjust']);
      expect(operations.length + mutations.length).toBe(83);
    });

    it('are in the OpenAPI document', () => expect(missing(inDocument)).toEqual([]));

    it('are routed: none answers 404 unknown_route', () => expect(missing(routed)).toEqual([]));

    it('have their mutation in the GraphQL schema', () => {
      const schema = readFileSync('docs/reference/schema.graphql', 'utf8');
      for (const field of mutations) expect(schema).toMatch(new RegExp(String.raw`^type Mutation \{[^}]*^  ${field}\(`, 'm'));
    });

    it('are left out by name alone, and only while they are missing', () => {
      expect(NOT_YET.filter((operation) => !operations.includes(operation))).toEqual([]);
      expect(NOT_YET.filter((operation) => inDocument.has(operation) || routed.has(operation))).toEqual([]);
    });
  },
);

describe('operations in a text', () => {
  it('are found in tables, headings and calls, whatever follows without a space', () =>
    expect(
      operationsIn([
        'GET/api/inventory/put-awayList tasks\n| POST | /cycle-count | Create |\nGET/sales/:sku/channelsJWT\nPUT/sales/:skuJWT\ncurl -X GET "https://a.example/api/figures?from=1"',
      ]).map(named),
    ).toEqual([
      'GET /api/inventory/put-away',
      'POST /api/inventory/cycle-count',
      'GET /sales/*/channels',
      'PUT /sales/*',
      'GET /api/figures',
    ]));
});
