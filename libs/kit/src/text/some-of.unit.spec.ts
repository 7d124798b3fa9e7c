import { someOf } from './some-of.js';

const many = Array.from({ length: 2_000 }, (_, index) => `SKU-${index}`);

describe('names for an answer', () => {
  it('are told in full where they are few', () => expect(someOf(['TEE', 'CAP'])).toBe('TEE, CAP'));

  it('are told in part where they are many', () => expect(someOf(many)).toMatch(/^SKU-0, .*, SKU-9 and 1990 more$/));

  it('are cut where one is long', () => expect(someOf(['x'.repeat(5_000)])).toHaveLength(100));
});
