import { largestOf } from './sample.js';

const document = {
  components: {
    schemas: {
      Line: {
        type: 'object',
        properties: { sku: { type: 'string', pattern: '.', example: 'TEE' }, quantity: { type: 'integer', minimum: 1 } },
      },
    },
  },
};

describe('the largest body of a route', () => {
  it('has every field, and lists as long as they may be of entries that differ', () =>
    expect(
      largestOf(document, {
        type: 'object',
        properties: {
          items: { type: 'array', maxItems: 2, items: { $ref: '#/components/schemas/Line' } },
          note: { type: 'string', maxLength: 3 },
        },
      }),
    ).toEqual({
      items: [
        { sku: 'TEE-0', quantity: 1 },
        { sku: 'TEE-1', quantity: 1 },
      ],
      note: 'xxx',
    }));
});
