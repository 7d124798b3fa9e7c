import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { forwarding } from './forwarding.js';

const DELAY_MS = 150;
/** Timers count whole milliseconds. */
const LEAST_MS = DELAY_MS - 1;

let delayMs = 0;
let behind: Server;
let relay: Server;
const accepted: Socket[] = [];

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  behind = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    socket.on('error', () => undefined);
    // Repeats what it gets, and ends its side when the client has ended its own.
    socket.on('data', (chunk: Buffer) => socket.write(chunk));
    socket.on('end', () => socket.end(' and the end'));
  });
  behind.listen(0, '127.0.0.1');
  await once(behind, 'listening');
  relay = await forwarding({ host: '127.0.0.1', port: 0, target: portOf(behind) }, () => delayMs);
});
afterAll(() => {
  for (const socket of accepted) socket.destroy();
  relay.close();
  behind.close();
});
afterEach(() => {
  delayMs = 0;
});

const connect = async (): Promise<Socket> => {
  const socket = createConnection({ port: portOf(relay), host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
};

const textOf = async (socket: Socket): Promise<string> => {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
};

describe('the forwarding of a relay', () => {
  it('passes bytes and the end of one side on, while the other still sends', async () => {
    const client = await connect();
    client.end('all of it');
    expect(await textOf(client)).toBe('all of it and the end');
  });

  it('brings bytes late in both directions, also on a connection that was open before', async () => {
    const client = await connect();
    delayMs = DELAY_MS;
    const began = performance.now();
    client.end('late');
    expect(await textOf(client)).toBe('late and the end');
    expect(performance.now() - began).toBeGreaterThanOrEqual(2 * LEAST_MS);
  });

  it('passes a break on', async () => {
    const client = await connect();
    client.write('x');
    await once(client, 'data');
    const broken = accepted.at(-1);
    const error = once(client, 'error');
    broken?.resetAndDestroy();
    expect(await error).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
  });

  it('breaks a connection behind which nobody listens', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const target = portOf(free);
    free.close();
    const other = await forwarding({ host: '127.0.0.1', port: 0, target }, () => 0);
    const client = createConnection({ port: portOf(other), host: '127.0.0.1' });
    expect(await once(client, 'error')).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
    other.close();
  });
});
