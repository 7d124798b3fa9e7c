import pg from 'pg';
import { GrowingPause, serverProcessOf, whenAborted, type Signal } from '@holdfast/kit';
import { CHANNEL } from './names.js';

/** Raises the signal on each commit of another process. While the connection is lost, readers find events by their slow poll. */
export class AppendListener {
  private registered = 0;
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;

  constructor(
    private readonly connectionString: string,
    private readonly appended: Signal,
    /** Whether a connection is this store's own: it raises the signal itself, so a second one would make every reader look twice. */
    private readonly isOwn: (processId: number) => boolean,
  ) {
    this.ended = this.run();
  }

  /** The server process of its connection; 0 while it is not connected. */
  get serverProcess(): number {
    return this.registered;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async run(): Promise<void> {
    const pause = new GrowingPause(100, 2_000);
    while (!this.stopping.signal.aborted) {
      await this.listen(() => pause.reset()).catch(() => undefined);
      await pause.wait(this.stopping.signal);
    }
  }

  /** Resolves or rejects when the connection is gone, or on stop. */
  private async listen(connected: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'holdfast event store listener',
    });
    let detach = (): void => undefined;
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      detach = whenAborted(this.stopping.signal, resolve);
    });
    client.on('notification', ({ processId }) => {
      if (!this.isOwn(processId)) this.appended.raise();
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      await client.query('select event_store.register_listener()');
      this.registered = serverProcessOf(client);
      connected();
      // For commits before it listened.
      this.appended.raise();
      await lost;
      await client.query('delete from event_store.listeners where pid = pg_backend_pid()');
    } finally {
      detach();
      this.registered = 0;
      await client.end().catch(() => undefined);
    }
  }
}
