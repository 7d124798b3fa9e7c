import { readFileSync } from 'node:fs';
import { printedSchema } from './schema.js';

describe('the GraphQL schema', () => {
  it('is the one in docs/reference; npm run docs:reference writes it', () =>
    expect(readFileSync('docs/reference/schema.graphql', 'utf8')).toBe(printedSchema()));
});
