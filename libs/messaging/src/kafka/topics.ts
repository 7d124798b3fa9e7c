import kafkajs, { type Admin, type IResourceConfigEntry } from 'kafkajs';
import { TopicMismatch, UnknownTopic, type TopicDefinition } from '../port.js';
import type { AdminConnection } from './admin.js';
import type { Settings } from './options.js';

/** Creates topics and knows which there are. */
export class Topics {
  private readonly known = new Set<string>();

  constructor(
    private readonly connection: AdminConnection,
    private readonly settings: Settings,
  ) {}

  /** @throws TopicMismatch where a topic exists with another count of partitions. */
  async ensure(definitions: readonly TopicDefinition[]): Promise<void> {
    await this.connection.ask(async (admin) => {
      const existing = new Set(await admin.listTopics());
      for (const definition of definitions) {
        if (!existing.has(definition.name)) await this.create(admin, definition);
        await check(admin, definition);
        if (existing.has(definition.name)) await alignConfig(admin, definition);
        this.known.add(definition.name);
      }
    });
  }

  /** @throws UnknownTopic */
  async require(topics: readonly string[]): Promise<void> {
    if (topics.every((topic) => this.known.has(topic))) return;
    for (const topic of await this.connection.ask((admin) => admin.listTopics())) this.known.add(topic);
    const missing = topics.find((topic) => !this.known.has(topic));
    if (missing !== undefined) throw new UnknownTopic(missing);
  }

  private async create(admin: Admin, definition: TopicDefinition): Promise<void> {
    // Answers false where another process was faster; the check that follows tells whether it made the same.
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic: definition.name,
          numPartitions: definition.partitions,
          replicationFactor: this.settings.replicationFactor,
          configEntries: configOf(definition),
        },
      ],
    });
  }
}

async function check(admin: Admin, { name, partitions }: TopicDefinition): Promise<void> {
  // Fails, and is asked again, while a topic that another process has just created is not known to every broker.
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
  const found = topics[0]?.partitions.length ?? 0;
  if (found !== partitions) throw new TopicMismatch(name, found, partitions);
}

/** Sets what differs and keeps what an operator set besides: the request replaces all settings of the topic. */
async function alignConfig(admin: Admin, definition: TopicDefinition): Promise<void> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: definition.name }],
  });
  const entries = resources[0]?.configEntries ?? [];
  const wanted = configOf(definition);
  if (wanted.every(({ name, value }) => entries.find((entry) => entry.configName === name)?.configValue === value)) return;
  const kept = entries
    .filter((entry) => entry.configSource === kafkajs.ConfigSource.TOPIC_CONFIG && !wanted.some(({ name }) => name === entry.configName))
    .map((entry) => ({ name: entry.configName, value: entry.configValue }));
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: definition.name, configEntries: [...kept, ...wanted] }],
  });
}

const configOf = ({ cleanup, retentionMs }: TopicDefinition): IResourceConfigEntry[] => [
  { name: 'cleanup.policy', value: cleanup },
  ...(cleanup === 'delete' && retentionMs !== undefined ? [{ name: 'retention.ms', value: String(retentionMs) }] : []),
];
