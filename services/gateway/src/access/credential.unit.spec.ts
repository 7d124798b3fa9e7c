import type { IncomingMessage } from 'node:http';
import { credentialOf, isJwt } from './credential.js';

const request = (headers: Record<string, string>): IncomingMessage => ({ headers }) as unknown as IncomingMessage;

describe('the credential of a request', () => {
  it.each([
    [{ authorization: 'Bearer hf_key' }],
    [{ authorization: 'bearer  hf_key ' }],
    [{ 'x-api-key': 'hf_key' }],
    [{ authorization: 'Bearer hf_key', 'x-api-key': 'another' }],
  ])('is read from %j', (headers) => expect(credentialOf(request(headers))).toBe('hf_key'));

  it.each([
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: 'Basic dXNlcjpwYXNz' },
    { authorization: 'Bearer two words' },
    { 'x-api-key': '' },
    { authorization: `Bearer ${'x'.repeat(9000)}` },
  ])('is missing in %j', (headers: Record<string, string>) => {
    expect(() => credentialOf(request(headers))).toThrow(expect.objectContaining({ status: 401, code: 'unauthenticated' }));
  });

  it('is a token by its form', () => {
    expect(isJwt('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln')).toBe(true);
    expect(isJwt('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.')).toBe(true);
    expect(isJwt('hf_abc')).toBe(false);
    expect(isJwt('a.b.c')).toBe(false);
  });
});
