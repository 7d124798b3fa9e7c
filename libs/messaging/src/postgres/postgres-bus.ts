import type { Bus, BusSubscription, BusTail, ConsumeOptions, OutgoingMessage, TailOptions, TopicDefinition } from '../port.js';
import { BusUnavailable } from '../port.js';
import { openConnections, type Connections } from './connections.js';
import { reaching } from './faults.js';
import { GroupSubscription, type EngineParts } from './reading/group-subscription.js';
import { HeadWatch } from './reading/head-watch.js';
import { migrate } from './schema/migrate.js';
import { settingsOf, type PostgresBusOptions, type Settings } from './options.js';
import { Offsets } from './reading/offsets.js';
import { Publisher } from './publisher.js';
import { RecentMessages } from './reading/recent-messages.js';
import { Session } from './session.js';
import { TailSubscription } from './reading/tail-subscription.js';
import { Topics } from './topics.js';
import { Retention } from './retention.js';

/** The bus as a log in Postgres, schema `bus`, which it creates and keeps up to date by itself. */
export class PostgresBus implements Bus {
  private readonly settings: Settings;
  private readonly connections: Connections;
  private readonly watch = new HeadWatch();
  private readonly topics: Topics;
  private readonly session: Session;
  private readonly recent: RecentMessages;
  private readonly offsets: Offsets;
  private readonly publisher: Publisher;
  private readonly subscriptions = new Set<BusSubscription>();
  private retention: Retention | undefined;
  private opening: Promise<void> | undefined;
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(options: PostgresBusOptions) {
    this.settings = settingsOf(options);
    this.connections = openConnections(this.settings);
    this.topics = new Topics(this.connections.durable);
    this.session = new Session(this.settings, this.connections, this.watch);
    this.recent = new RecentMessages((head) => this.watch.isWatched(head));
    this.offsets = new Offsets(this.connections.quick);
    this.publisher = new Publisher(
      this.connections.durable,
      () => this.session.serverProcess,
      (head, end, at, messages) => {
        this.recent.add(head, end, at, messages);
        this.watch.raise(head.id, end);
      },
    );
  }

  async ensureTopics(topics: readonly TopicDefinition[]): Promise<void> {
    await this.open();
    await reaching(() => this.topics.ensure(topics));
  }

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    await this.open();
    if (messages.length === 0) return;
    const heads = await reaching(() => this.topics.headsOf(topic));
    await this.publisher.publish(heads, messages);
  }

  async consume(options: ConsumeOptions): Promise<BusSubscription> {
    const made = await this.begin(options.topics, (parts) => new GroupSubscription(parts, options));
    return { stop: () => this.end(made) };
  }

  async tail(options: TailOptions): Promise<BusTail> {
    const made = await this.begin(options.topics, (parts) => new TailSubscription(parts, options));
    return { stop: () => this.end(made), nextOffsets: () => made.nextOffsets() };
  }

  async ping(): Promise<void> {
    await this.open();
    await reaching(() => this.connections.quick.query('select 1'));
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    // Consumers end first: what they publish on their way out, dead letters above all, still counts.
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.closed = true;
    await this.opening?.catch(() => undefined);
    await this.publisher.settled();
    await this.retention?.close();
    await this.session.close();
    await Promise.all([this.connections.durable.end(), this.connections.quick.end()]);
  }

  private async begin<Kind extends BusSubscription & { start(): Promise<void> }>(
    topics: readonly string[],
    make: (parts: EngineParts) => Kind,
  ): Promise<Kind> {
    if (this.closing) throw new BusUnavailable('The bus is closed.');
    await this.open();
    for (const topic of topics) await reaching(() => this.topics.headsOf(topic));
    const { settings, connections, watch, session, offsets } = this;
    const made = make({
      settings,
      connections,
      topics: this.topics,
      watch,
      session,
      log: { pool: connections.quick, recent: this.recent },
      offsets,
      publish: (topic, messages) => this.publish(topic, messages),
    });
    await reaching(async () => {
      await session.start();
      await made.start();
    });
    this.subscriptions.add(made);
    return made;
  }

  private async end(subscription: BusSubscription): Promise<void> {
    await subscription.stop();
    this.subscriptions.delete(subscription);
  }

  private open(): Promise<void> {
    if (this.closed) return Promise.reject(new BusUnavailable('The bus is closed.'));
    this.opening ??= reaching(() => migrate(this.connections.durable)).then(
      () => {
        this.retention ??= new Retention(this.connections.durable, this.settings);
      },
      (error: unknown) => {
        this.opening = undefined;
        throw error;
      },
    );
    return this.opening;
  }
}
