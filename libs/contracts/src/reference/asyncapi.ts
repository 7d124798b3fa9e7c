import { TOPICS } from '../topics.js';
import { TOPICS_IN_WORDS } from './topics-in-words.js';
import { payloadsOf } from './payloads.js';

type TopicId = keyof typeof TOPICS;
const ids = Object.keys(TOPICS) as readonly TopicId[];
const ref = (path: string): { readonly $ref: string } => ({ $ref: `#/${path}` });

function channel(id: TopicId): object {
  const topic = TOPICS[id];
  const retention = 'retentionMs' in topic ? { 'retention.ms': topic.retentionMs } : {};
  return {
    address: topic.name,
    description: TOPICS_IN_WORDS[id].about,
    messages: Object.fromEntries(payloadsOf(id).map(({ name }) => [name, ref(`components/messages/${name}`)])),
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: { 'cleanup.policy': [topic.cleanup], ...retention },
        bindingVersion: '0.5.0',
      },
    },
  };
}

function operation(id: TopicId): object {
  return {
    action: TOPICS_IN_WORDS[id].action,
    channel: ref(`channels/${id}`),
    summary: TOPICS_IN_WORDS[id].about,
    messages: payloadsOf(id).map(({ name }) => ref(`channels/${id}/messages/${name}`)),
  };
}

function messages(id: TopicId): readonly (readonly [string, object])[] {
  return payloadsOf(id).map(({ name, about, schema }) => {
    const key = { type: 'string', description: TOPICS[id].key };
    const bindings = { kafka: { key, bindingVersion: '0.5.0' } };
    return [name, { name, summary: about, contentType: 'application/json', payload: schema, bindings }];
  });
}

/** AsyncAPI 3.0 of every topic, as Holdfast sees it. */
export const asyncApiDocument = (): object => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Holdfast topics',
    version: '1.0.0',
    description:
      'What Holdfast reads from ERPs and channels, and tells about stock. CloudEvents 1.0 in structured JSON, at least once, in order by key.',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  channels: Object.fromEntries(ids.map((id) => [id, channel(id)])),
  operations: Object.fromEntries(ids.map((id) => [`${TOPICS_IN_WORDS[id].action}_${id}`, operation(id)])),
  components: { messages: Object.fromEntries(ids.flatMap(messages)) },
});
