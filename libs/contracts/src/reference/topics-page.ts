import { envelopeSchema } from '../schemas/messages.js';
import { TOPICS } from '../topics.js';
import { TOPICS_IN_WORDS } from './topics-in-words.js';
import { GENERATED, fieldTable, inShort } from './markdown.js';
import { payloadsOf } from './payloads.js';

const DAY_MS = 86_400_000;

const INTRODUCTION = `# Topics

Messages are CloudEvents 1.0 in structured JSON. The same layout is used on Kafka and on the embedded bus. Machine-readable:
[asyncapi.json](asyncapi.json), [schemas.json](schemas.json).

Everything is delivered at least once. Messages of one key keep their order.`;

const envelope = `## Envelope

Every message but a dead letter carries its data in this envelope.

${fieldTable(envelopeSchema({ type: 'string', description: 'What kind of message it is.' }, { type: 'object', description: 'See below.', properties: {}, required: [], additionalProperties: true }))}`;

function topicSection(id: keyof typeof TOPICS): string {
  const topic = TOPICS[id];
  const { action, about } = TOPICS_IN_WORDS[id];
  const kept = 'retentionMs' in topic ? `kept ${topic.retentionMs / DAY_MS} days` : 'compacted: the newest message of each key is kept';
  const facts = `Key \`${topic.key}\`, ${topic.partitions} partition${topic.partitions === 1 ? '' : 's'}, ${kept}. ${action === 'send' ? 'Holdfast writes it.' : 'Holdfast reads it.'}`;
  const messages = payloadsOf(id).map(({ name, about: meaning, type, data }) => {
    const typeLine =
      type === undefined ? '' : `\n\nType ${'pattern' in type ? '`holdfast.stock.<event>`' : `\`${inShort(type).replaceAll('"', '')}\``}.`;
    return `### ${name}\n\n${meaning}${typeLine}\n\n${fieldTable(data)}`;
  });
  return [`## ${topic.name}`, `${about}\n\n${facts}`, ...messages].join('\n\n');
}

export const topicsPage = (): string =>
  [GENERATED, INTRODUCTION, envelope, ...Object.keys(TOPICS).map((id) => topicSection(id as keyof typeof TOPICS))].join('\n\n') + '\n';
