import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { canonicalJson } from '@holdfast/kit';
import { hashInSlices, requestHashOf } from './keyed-request.js';

const request = (body: unknown, query: object = {}): FastifyRequest => ({ body, query }) as FastifyRequest;

describe('the hash of a request', () => {
  it('is that of its canonical body, as it is stored since the first version', () =>
    expect(requestHashOf(request({ b: 1, a: [2] }))).toBe(hash('sha256', '{"a":[2],"b":1}')));

  it('covers the query, whatever its order', () => {
    const dry = requestHashOf(request({}, { dryRun: 'true', brand: 'a' }));
    expect(requestHashOf(request({}, { brand: 'a', dryRun: 'true' }))).toBe(dry);
    expect(requestHashOf(request({}, { brand: 'a' }))).not.toBe(dry);
    expect(requestHashOf(request({}))).not.toBe(dry);
  });

  it.each([
    [undefined],
    ['text'],
    [{ lines: Array.from({ length: 5_000 }, (_, index) => ({ sku: `S${index}`, deep: { b: [1, { z: 1, a: 2 }], a: undefined } })) }],
    [[[], {}, [{ b: 1, a: [] }]]],
  ])('is the same when it is made in slices', async (body) => {
    const sliced = request(body);
    await hashInSlices(sliced);
    expect(requestHashOf(sliced)).toBe(hash('sha256', canonicalJson(body)));
  });

  it('is that of the bytes of a file', async () => {
    const body = Buffer.alloc(1_000_000, 'sku,name\n');
    const sliced = request(body, { dryRun: 'true' });
    await hashInSlices(sliced);
    expect(requestHashOf(sliced)).toBe(requestHashOf(request(body, { dryRun: 'true' })));
  });
});
