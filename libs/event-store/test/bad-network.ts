import { connect, createServer } from 'node:net';
import type { AddressInfo, NetConnectOpts, Server, Socket } from 'node:net';

/** Stands between the store and its server and plays a bad network. */
export class BadNetwork {
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Set<Socket>();
  private server: Server | undefined;
  private losesAnswers = false;

  constructor(private readonly target: NetConnectOpts) {}

  /** @returns the port it listens on */
  async start(port = 0): Promise<number> {
    const server = createServer((client) => this.join(client));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** Requests arrive, answers do not. */
  loseAnswers(lost: boolean): void {
    this.losesAnswers = lost;
  }

  /** Connections of clients that are open. */
  get connections(): number {
    return this.clients.size;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Refuses connections from now on. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    this.cut();
    await closed;
  }

  private join(client: Socket): void {
    const server = connect(this.target);
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => {
      if (!this.losesAnswers) client.write(bytes);
    });
    this.clients.add(client);
    client.on('close', () => this.clients.delete(client));
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
  }
}
