import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.js';
import type { Asked } from './service-under-test.js';
import { ServiceUnderTest } from './service-under-test.js';

let service: ServiceUnderTest;
const readers: Reader[] = [];

beforeAll(async () => {
  service = await ServiceUnderTest.start();
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
});
afterAll(() => service.stop());

interface Seen {
  readonly id: string;
  readonly topic: string;
  readonly data: { readonly sku: string; readonly version: number; readonly [field: string]: unknown };
}

class Reader {
  readonly seen: Seen[] = [];
  hello: string | undefined;
  private readonly gone = new AbortController();

  static async open(query = '', asked: Asked = {}): Promise<Reader> {
    const reader = new Reader();
    readers.push(reader);
    const response = await fetch(`${service.url}/api/inventory/stream${query}`, {
      headers: service.headers(asked),
      signal: reader.gone.signal,
    });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    void reader.read(response);
    await eventually(() => expect(reader.hello).toBeDefined());
    return reader;
  }

  leave(): void {
    this.gone.abort();
  }

  get skus(): readonly string[] {
    return this.seen.map(({ data }) => data.sku);
  }

  private async read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of response.body ?? []) {
        const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) this.take(part);
      }
    } catch {
      // The reader left.
    }
  }

  private take(part: string): void {
    const field = (name: string): string | undefined =>
      part
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const [id, topic, data] = [field('id'), field('event'), field('data')];
    if (topic === 'hello') this.hello = id;
    else if (id !== undefined && topic !== undefined && data !== undefined)
      this.seen.push({ id, topic, data: (JSON.parse(data) as { data: Seen['data'] }).data });
  }
}

describe('the live stream', () => {
  it('tells changes as they happen, to the tenant that they belong to', async () => {
    const [ours, theirs] = [await Reader.open(), await Reader.open('', { tenant: 'other' })];
    await service.receive('A', 'MAIN', 5);
    await service.receive('B', 'MAIN', 5, 'other');
    await eventually(() => expect([ours.skus, theirs.skus]).toEqual([['A'], ['B']]));
    expect(ours.seen[0]).toMatchObject({ topic: 'inventory.atp.v1', data: { onHand: 5, available: 5, version: 1 } });
  });

  it('is filtered by SKU, location and topic', async () => {
    const bySku = await Reader.open('?sku=C');
    const byLocation = await Reader.open('?locationId=BER');
    const byTopic = await Reader.open('?topic=inventory.channel-atp.v1');
    await service.receive('C', 'MAIN', 1);
    await service.receive('D', 'BER', 1);
    await eventually(() => expect([bySku.skus, byLocation.skus]).toEqual([['C'], ['D']]));
    expect(byTopic.skus).toEqual([]);
  });

  it('goes on after the last id without leaving anything out or telling it twice', async () => {
    const first = await Reader.open();
    for (const sku of ['E1', 'E2', 'E3']) await service.receive(sku, 'MAIN', 1);
    await eventually(() => expect(new Set(first.skus)).toEqual(new Set(['E1', 'E2', 'E3'])));
    first.leave();
    const lastId = first.seen[1]?.id ?? '';
    for (const sku of ['E4', 'E5']) await service.receive(sku, 'MAIN', 1);
    const second = await Reader.open('', { headers: { 'last-event-id': lastId } });
    await service.receive('E6', 'MAIN', 1);
    const all = (): readonly string[] => [...first.skus.slice(0, 2), ...second.skus].sort();
    await eventually(() => expect(all()).toEqual(['E1', 'E2', 'E3', 'E4', 'E5', 'E6']));
    await sleep(100);
    expect(all()).toHaveLength(6);
  });

  it('begins with a token from which nothing is left out, though nothing was told yet', async () => {
    const first = await Reader.open('?sku=H1');
    first.leave();
    await service.receive('H1', 'MAIN', 1);
    const second = await Reader.open('?sku=H1', { headers: { 'last-event-id': first.hello ?? '' } });
    await eventually(() => expect(second.skus).toEqual(['H1']));
    expect(second.hello).toBe(first.hello);
  });

  it.each(['rubbish', Buffer.from('[1]').toString('base64url'), Buffer.from('{"a":1}').toString('base64url')])(
    'refuses the id %s, which it never sent',
    async (id) => {
      const answer = await service.get('/api/inventory/stream', { headers: { 'last-event-id': id } });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_resume_token' } });
    },
  );

  it('lets a reader go that takes nothing, and holds nobody else up for it', async () => {
    const lazy = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${service.url}/api/inventory/stream?sku=FLOOD`, { headers: service.headers() }, resolve).on('error', reject);
    });
    const gone = new Promise<void>((resolve) => lazy.socket.once('close', () => resolve()));
    const quick = await Reader.open('?sku=FLOOD');
    const data = { sku: 'FLOOD', locationId: 'MAIN', version: 1, padding: 'x'.repeat(2_000) };
    const value = JSON.stringify({ tenant: 'acme', data });
    for (let round = 0; round < 20; round += 1) {
      await service.runtime.bus.publish(
        'inventory.atp.v1',
        Array.from({ length: 500 }, () => ({ key: 'acme|FLOOD|MAIN', value })),
      );
    }
    await eventually(() => expect(quick.seen).toHaveLength(10_000));
    // Nothing was read until now; the end of the connection shows behind what its buffers held.
    let received = '';
    lazy.setEncoding('utf8');
    lazy.on('data', (chunk: string) => (received += chunk)).on('error', () => undefined);
    await gone;
    expect(received.split('\n\n').length).toBeLessThan(9_000);
  });

  it('refuses unknown topics and callers without permission', async () => {
    expect(await service.get('/api/inventory/stream?topic=erp.stock.v1')).toMatchObject({ status: 400 });
    expect(await service.get('/api/inventory/stream', { permissions: ['erp.write'] })).toMatchObject({ status: 403 });
  });
});

const operator = { permissions: ['installation.*'] };

describe('a rebuild over HTTP', () => {
  it('runs in the background, says how far it is, and ends with equal digests', async () => {
    expect((await service.get('/v1/operations/rebuild', operator)).body).toEqual({ status: 'none' });
    const begun = await service.post('/v1/operations/rebuild', {}, operator);
    expect(begun).toMatchObject({ status: 202, body: { status: 'running', phase: 'reading' } });
    const again = await service.post('/v1/operations/rebuild', {}, operator);
    expect(again).toMatchObject({ status: 409, body: { code: 'rebuild_running' } });
    await eventually(async () => {
      const { body } = await service.get('/v1/operations/rebuild', operator);
      expect(body).toMatchObject({ status: 'done', percent: 100, equal: true, swapped: true, corrected: 0 });
    });
    const position = await service.receive('A', 'MAIN', 1);
    const read = await service.get('/api/inventory?productMasterId=A', { headers: { 'holdfast-min-position': position } });
    expect(read.body['items']).toMatchObject([{ quantityOnHand: 6 }]);
  });

  it.each(['*', 'operations.*', 'inventory.*'])('needs the permission of the operator, which %s is not', async (permission) => {
    const asked = { permissions: [permission] };
    for (const path of ['/v1/operations/rebuild', '/v1/operations/set-aside'])
      expect(await service.get(path, asked)).toMatchObject({ status: 403, body: { code: 'missing_permission' } });
    expect(await service.post('/v1/operations/rebuild', {}, asked)).toMatchObject({ status: 403, body: { code: 'missing_permission' } });
  });
});

describe('streams that are set aside', () => {
  it('are listed for the operator, with the event that is the reason', async () => {
    const position = await service.append('stock-acme.NUL', [['ProductDescribed.v1', { verified: true, name: '\u0000' }]]);
    await eventually(async () => {
      const { body } = await service.get('/v1/operations/set-aside', operator);
      expect(body).toMatchObject({
        streams: [{ stream: 'stock-acme.NUL', tenant: 'acme', revision: 0, position, eventType: 'ProductDescribed.v1' }],
        pagination: { total: 1 },
      });
    });
    const read = await service.get('/api/inventory', { headers: { 'holdfast-min-position': position } });
    expect(read.status).toBe(200);
  });
});

describe('the status of operations', () => {
  it('counts the readers of the stream, and says how far the tables are behind', async () => {
    const position = await service.receive('STATUS', 'MAIN', 1);
    await service.get('/api/inventory', { headers: { 'holdfast-min-position': position } });
    const status = async (): Promise<Readonly<Record<string, unknown>>> => (await service.get('/v1/operations/status')).body;
    await eventually(async () => expect(await status()).toMatchObject({ stream: { readers: 0, resuming: 0 } }));
    const first = await Reader.open();
    await Reader.open('', { headers: { 'last-event-id': first.hello ?? '' } });
    expect(await status()).toEqual({
      // The stream that was set aside above.
      projection: { position, head: position, eventsBehind: 0, lagMs: 0, setAside: 1 },
      stream: { readers: 2, resuming: 1 },
    });
  });

  it('is refused to callers without a name or the permission', async () => {
    expect(await service.get('/v1/operations/status', { anonymous: true })).toMatchObject({ status: 401 });
    expect(await service.get('/v1/operations/status', { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
  });
});
