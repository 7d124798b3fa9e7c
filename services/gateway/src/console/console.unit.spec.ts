import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Console } from './console.js';

const SCRIPT = 'console.log("a script of the console");';

describe('the console as served', () => {
  let folder: string;
  let server: Server;
  let port: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="__NONCE__">');
    writeFileSync(join(folder, 'icon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets/index-a1b2.js'), SCRIPT);
    writeFileSync(join(folder, 'assets/index-a1b2.js.gz'), gzipSync(SCRIPT));
    writeFileSync(join(folder, 'assets/index-a1b2.js.br'), 'as brotli made it');
    const console = Console.open(folder);
    server = createServer((request, response) => {
      if (console?.serve(request, response) !== true) response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer }>((resolve, reject) => {
      // Paths are sent as they are: a client must not tidy them.
      get({ port, host: '127.0.0.1', path, method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
      }).on('error', reject);
    });
  const asPage = { accept: 'text/html,application/xhtml+xml' };

  it.each(['/', '/app', '/app/', '/app/sku/TENT-2P?tab=explain', '/app/index.html'])('answers %s with the page', async (path) => {
    const { status, headers, body } = await ask(path, asPage);
    const nonce = /nonce="([^"]+)"/.exec(body.toString())?.[1] ?? '';
    expect([status, headers['cache-control'], headers['content-type']]).toEqual([200, 'no-store', 'text/html; charset=utf-8']);
    expect(nonce).toMatch(/^[\w+/]{24}$/);
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cross-origin-opener-policy': 'same-origin' });
  });

  it('makes a nonce for each answer', async () => {
    const [one, other] = [await ask('/', asPage), await ask('/', asPage)];
    expect(one.body.equals(other.body)).toBe(false);
  });

  it('lets a file with the hash of its content be kept for ever, compressed as the browser reads it', async () => {
    const path = '/app/assets/index-a1b2.js';
    const [plain, gzip, br] = [
      await ask(path),
      await ask(path, { 'accept-encoding': 'gzip' }),
      await ask(path, { 'accept-encoding': 'gzip, br' }),
    ];
    expect(plain.body.toString()).toBe(SCRIPT);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.body).toString()]).toEqual(['gzip', SCRIPT]);
    expect([br.headers['content-encoding'], br.body.toString()]).toEqual(['br', 'as brotli made it']);
    expect(br.headers.vary).toBe('accept-encoding');
  });

  it('has other files asked again, and sends none that the browser has', async () => {
    const first = await ask('/app/icon.svg');
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await ask('/app/icon.svg', { 'if-none-match': String(first.headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it.each([
    ['a file that does not exist', '/app/assets/other.js', {}, 'GET'],
    ['a compressed form by its own name', '/app/assets/index-a1b2.js.gz', {}, 'GET'],
    ['a path out of the folder', '/app/../console.unit.spec.ts', {}, 'GET'],
    ['an address asked by a program', '/app/matrix', { accept: 'application/json' }, 'GET'],
    ['a path of the API that begins alike', '/apple', asPage, 'GET'],
    ['a write', '/app', asPage, 'POST'],
    ['`/` asked by a program', '/', { accept: '*/*' }, 'GET'],
  ])('leaves %s to others', async (_, path, headers, method) => {
    expect((await ask(path, headers, method)).status).toBe(404);
  });

  it('is missing where it was not built', () => expect(Console.open(join(folder, 'nothing'))).toBeUndefined());
});
