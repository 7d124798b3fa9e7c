import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { perService } from '@holdfast/platform';
import { eventually, listening, startTestPostgres, type Answer, type Client, type TestPostgres } from '@holdfast/testing';
import { surroundings, type Surroundings } from '../test/surroundings.js';
import { createGateway, type Gateway } from './gateway.js';
import { ensureAdminKey } from './keys/admin-key.js';

const environment = { HOLDFAST_API_KEY: 'hf_admin_key_of_the_test', HOLDFAST_INTERNAL_SECRET: 'correct-horse-battery-staple-forever' };

/** A process of a service as far as the gateway can tell. */
interface Peer {
  readonly url: string;
  readonly name: string;
  /** Requests that arrived, health apart. */
  readonly seen: string[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes connections, and answers nothing at all. */
  frozen: boolean;
  stop(): Promise<void>;
  start(): Promise<void>;
}

async function startPeer(name: string): Promise<Peer> {
  let server: Server;
  let port = 0;
  const seen: string[] = [];
  const answerWithName = (_: IncomingMessage, response: ServerResponse): void => void response.end(JSON.stringify({ by: name }));
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (peer.frozen) return;
    if (request.url?.startsWith('/health') === true) return void response.end('{}');
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      seen.push(body);
      peer.answer(request, response);
    });
  };
  const peer: Peer = {
    name,
    seen,
    answer: answerWithName,
    frozen: false,
    get url() {
      return `http://127.0.0.1:${String(port)}`;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
    async start() {
      // As long as a service keeps a connection: one that it ends just as a request is sent on it would be another case.
      server = createServer({ keepAliveTimeout: 72_000 }, handle);
      await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
      port = (server.address() as AddressInfo).port;
    },
  };
  await peer.start();
  return peer;
}

describe('the gateway before several instances of a service', () => {
  let postgres: TestPostgres;
  let around: Surroundings;
  let gateway: Gateway;
  let ask: Client;
  let peers: Peer[];

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres.stop());

  beforeEach(async () => {
    peers = await Promise.all(['one', 'two', 'three'].map(startPeer));
    around = surroundings(postgres, { now: () => Date.now() }, environment);
    const target = { kind: 'http', urls: peers.map(({ url }) => url) } as const;
    const targets = perService(() => target);
    gateway = await createGateway({ runtime: around, targets });
    await ensureAdminKey(gateway, around.config);
    ask = await listening(gateway.app);
  });
  afterEach(async () => {
    await gateway.stop();
    await around.close();
    await Promise.all(peers.map((peer) => peer.stop().catch(() => undefined)));
  });

  const headers = { authorization: `Bearer ${environment.HOLDFAST_API_KEY}` };
  const skus = Array.from({ length: 60 }, (_, index) => `SKU-${String(index)}`);
  const reserve = (sku: string, key?: string): Promise<Answer> =>
    ask({
      method: 'POST',
      url: '/sales-channel/inventory/reserve',
      payload: { items: [{ sku, quantity: 1 }], orderId: `o-${sku}` },
      headers: key === undefined ? headers : { ...headers, 'idempotency-key': key },
    });
  const servedBy = async (answer: Promise<Answer>): Promise<unknown> => (await answer).json()['by'];
  const owners = async (): Promise<Map<string, unknown>> => {
    const found = await Promise.all(skus.map(async (sku) => [sku, await servedBy(reserve(sku))] as const));
    return new Map(found);
  };
  const ownedBy = async (peer: Peer): Promise<string> => {
    const [sku] = [...(await owners())].find(([, name]) => name === peer.name) ?? [];
    peer.seen.length = 0;
    return sku ?? '';
  };
  const peer = (index: number): Peer => {
    const found = peers[index];
    if (found === undefined) throw new Error('no such peer');
    return found;
  };

  it('sends all that concerns a SKU to one of them, and uses all', async () => {
    const first = await owners();
    expect(new Set(first.values()).size).toBe(3);
    expect(await owners()).toEqual(first);
    for (const sku of skus.slice(0, 20)) {
      const id = `rs_${Buffer.from(sku).toString('base64url')}.0b0e7b3c-5d2c-4f0a-9b1e-0a4c8a6d7e55`;
      const commit = ask({ method: 'POST', url: `/sales-channel/inventory/reservation/${id}/commit`, payload: {}, headers });
      expect(await servedBy(commit)).toBe(first.get(sku));
    }
  });

  it('skips one that refuses connections at once, gives back its SKUs when it returns, and moves no others', async () => {
    const before = await owners();
    await peer(0).stop();
    const during = await owners();
    for (const [sku, name] of before) if (name !== 'one') expect(during.get(sku)).toBe(name);
    expect([...during.values()]).not.toContain('one');
    await peer(0).start();
    expect(await eventually(owners, (found) => [...found.values()].includes('one'))).toEqual(before);
  });

  it('sends a keyed request again whose answer was lost, and says 503 where it may have been carried out', async () => {
    const sku = await ownedBy(peer(0));
    peer(0).answer = (request) => void request.socket.destroy();
    const keyed = await reserve(sku, 'key-1');
    expect(keyed.statusCode).toBe(200);
    expect(keyed.json()['by']).not.toBe('one');
    const unkeyed = await reserve(sku);
    expect([unkeyed.statusCode, unkeyed.json()['code'], unkeyed.headers['retry-after']]).toEqual([503, 'upstream_unavailable', '1']);
    expect(peer(0).seen).toHaveLength(2);
    const others = [...peer(1).seen, ...peer(2).seen].filter((body) => body.includes(`"o-${sku}"`));
    expect(others).toHaveLength(1);
  });

  it('takes one that does not answer any more for dead, and what it was asked goes on elsewhere', async () => {
    const sku = await ownedBy(peer(0));
    peer(0).frozen = true;
    const [keyed, unkeyed] = await Promise.all([reserve(sku, 'key-2'), reserve(sku)]);
    expect(keyed.json()['by']).not.toBe('one');
    expect([unkeyed.statusCode, unkeyed.json()['code']]).toEqual([503, 'upstream_unavailable']);
    expect((await reserve(sku)).statusCode).toBe(200);
  });

  it('answers 503 at once when none is there', async () => {
    for (const each of peers) await each.stop();
    const answer = await reserve('SKU-1', 'key-3');
    expect([answer.statusCode, answer.json()['code'], answer.headers['retry-after']]).toEqual([503, 'upstream_unavailable', '1']);
  });

  it('lets a storm on one SKU wait in a line of its own, and refuses what is over the bound at once', async () => {
    const hot = await ownedBy(peer(0));
    const cold = [...(await owners())].filter(([sku, name]) => name === 'one' && sku !== hot).map(([sku]) => sku);
    const held: ServerResponse[] = [];
    let most = 0;
    peer(0).answer = (_, response) => {
      if (!(peer(0).seen.at(-1) ?? '').includes(`"${hot}"`)) return void response.end('{"by":"one"}');
      held.push(response);
      most = Math.max(most, held.length);
    };
    const storm: Promise<Answer>[] = [];
    let arrived = 0;
    gateway.app.getHttpServer().on('request', () => (arrived += 1));
    // As fast as connections can be made: those that the system cannot keep until they are taken it would end.
    while (storm.length < 2_300) {
      for (let burst = 0; burst < 100; burst += 1) storm.push(reserve(hot));
      await eventually(
        () => Promise.resolve(arrived),
        (count) => count === storm.length,
        undefined,
        5,
      );
    }
    // None of the storm is answered yet but who is over the bound.
    const refused = await Promise.race(storm);
    expect([refused.statusCode, refused.json()['code'], refused.headers['retry-after']]).toEqual([503, 'sku_busy', '1']);
    for (const sku of cold) expect((await reserve(sku)).statusCode).toBe(200);
    let over = false;
    const all = Promise.all(storm).finally(() => (over = true));
    while (!over) {
      for (const response of held.splice(0)) response.end('{"by":"one"}');
      await new Promise((later) => setTimeout(later, 20));
    }
    const answers = await all;
    expect(most).toBeLessThanOrEqual(128);
    const statuses = new Map<number, number>();
    for (const { statusCode } of answers) statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    expect([...statuses.keys()].sort()).toEqual([200, 503]);
    expect(statuses.get(200)).toBeGreaterThanOrEqual(2_128);
  });
});
