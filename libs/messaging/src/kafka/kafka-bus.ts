import type { Bus, BusSubscription, BusTail, ConsumeOptions, OutgoingMessage, TailOptions, TopicDefinition } from '../port.js';
import { BusUnavailable } from '../port.js';
import { AdminConnection } from './admin.js';
import { GroupSubscription } from './group-subscription.js';
import { settingsOf, type KafkaBusOptions, type Settings } from './options.js';
import { Publisher } from './publisher.js';
import { TailSubscription } from './tail-subscription.js';
import { Topics } from './topics.js';

/** The bus on Kafka, through kafkajs. Made without contact; the first call connects. */
export class KafkaBus implements Bus {
  private readonly settings: Settings;
  private readonly admin: AdminConnection;
  private readonly topics: Topics;
  private readonly publisher: Publisher;
  private readonly subscriptions = new Set<BusSubscription>();
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(options: KafkaBusOptions) {
    this.settings = settingsOf(options);
    this.admin = new AdminConnection(this.settings);
    this.topics = new Topics(this.admin, this.settings);
    this.publisher = new Publisher(this.settings);
  }

  async ensureTopics(topics: readonly TopicDefinition[]): Promise<void> {
    this.checkOpen();
    await this.topics.ensure(topics);
  }

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    this.checkOpen();
    if (messages.length === 0) return;
    await this.topics.require([topic]);
    await this.publisher.publish(topic, messages);
  }

  async consume(options: ConsumeOptions): Promise<BusSubscription> {
    const publish: Bus['publish'] = (topic, messages) => this.publish(topic, messages);
    return this.begin(options.topics, new GroupSubscription(this.settings, this.admin, publish, options));
  }

  async tail(options: TailOptions): Promise<BusTail> {
    const made = new TailSubscription(this.settings, this.admin, options);
    return { ...(await this.begin(options.topics, made)), nextOffsets: () => made.nextOffsets() };
  }

  async ping(): Promise<void> {
    this.checkOpen();
    await this.admin.ask((admin) => admin.describeCluster());
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    // Consumers end first: what they publish on their way out, dead letters above all, still counts.
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.closed = true;
    await this.publisher.close();
    await this.admin.close();
  }

  private async begin(topics: readonly string[], made: BusSubscription & { start(): Promise<void> }): Promise<BusSubscription> {
    if (this.closing) throw new BusUnavailable('The bus is closed.');
    await this.topics.require(topics);
    await made.start();
    this.subscriptions.add(made);
    return {
      stop: async () => {
        await made.stop();
        this.subscriptions.delete(made);
      },
    };
  }

  private checkOpen(): void {
    if (this.closed) throw new BusUnavailable('The bus is closed.');
  }
}
