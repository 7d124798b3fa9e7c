import { readFileSync } from 'node:fs';
import { analyticsReference } from './reference.js';
import { ANALYST_VIEWS } from './views/index.js';

describe('the reference of the views', () => {
  it('is the one in docs/reference; npm run docs:reference writes it', () =>
    expect(readFileSync('docs/reference/analytics.md', 'utf8')).toBe(analyticsReference()));

  it('says something of every view and column, with the unit of every quantity and amount', () => {
    for (const { name, comment, columns } of ANALYST_VIEWS) {
      expect([name, comment.length > 20]).toEqual([name, true]);
      for (const each of columns) expect([name, each.name, each.comment.length > 2]).toEqual([name, each.name, true]);
      for (const { type, comment: meaning } of columns.filter((each) => each.type === 'numeric')) {
        expect([type, meaning]).toEqual(['numeric', expect.stringMatching(/^Money/)]);
      }
    }
  });
});
