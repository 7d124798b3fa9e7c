import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { VendorClient } from './vendor-client.js';

describe('a call of a vendor', () => {
  const server = createServer((request, response) => {
    if (request.url === '/broken') {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      return void setImmediate(() => response.destroy());
    }
    response.writeHead(200, { 'X-Kind': 'stock' }).end('0123456789');
  });
  const client = new VendorClient({ allowPrivateAddresses: true }, 5_000);
  const http = client.until(new AbortController().signal);
  let origin = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterAll(async () => {
    await client.close();
    server.close();
  });

  it('says whether the answer was longer than wanted', async () => {
    const get = (mostAnswerBytes: number) => http.call({ method: 'GET', url: origin, mostAnswerBytes });
    expect(await get(10)).toMatchObject({ status: 200, headers: { 'x-kind': 'stock' }, body: Buffer.from('0123456789'), cutOff: false });
    expect(await get(9)).toMatchObject({ body: Buffer.from('012345678'), cutOff: true });
  });

  it('has no answer where the connection broke within it', async () =>
    expect(await http.call({ method: 'GET', url: `${origin}/broken` })).toMatchObject({ kind: 'unanswered', sent: true }));

  it('refuses a private address where the operator says so', async () => {
    const guarded = new VendorClient({ allowPrivateAddresses: false }, 5_000);
    expect(await guarded.until(new AbortController().signal).call({ method: 'GET', url: origin })).toEqual({
      kind: 'unanswered',
      sent: false,
      fault: 'the URL must not point to a private address',
    });
    await guarded.close();
  });
});
