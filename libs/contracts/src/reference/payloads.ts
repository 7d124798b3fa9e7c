import type { JsonSchema, ObjectSchema } from '../schemas/json-schema.js';
import { deadLetterSchema, envelopeSchema, messageDataSchemas, stockEventDataSchema } from '../schemas/messages.js';
import type { TOPICS } from '../topics.js';
import { MESSAGES_IN_WORDS, MESSAGES_OF_TOPICS } from './topics-in-words.js';

/** One kind of message on a topic. */
export interface Payload {
  /** Name of the message in the reference. */
  readonly name: string;
  readonly about: string;
  /** CloudEvents type; undefined for a message that is no CloudEvent. */
  readonly type: JsonSchema | undefined;
  readonly data: ObjectSchema;
  /** Of the whole message. */
  readonly schema: ObjectSchema;
}

const stockEventType: JsonSchema = {
  type: 'string',
  pattern: '^holdfast\\.stock\\.[A-Za-z]+\\.v[0-9]+$',
  description: 'holdfast.stock. and the name of the event with its version.',
};

function payload(kind: (typeof MESSAGES_OF_TOPICS)[keyof typeof TOPICS][number]): Payload {
  switch (kind) {
    case 'dead letter':
      return {
        name: 'dead-letter',
        about: 'A message as it came, and why it could not be processed.',
        type: undefined,
        data: deadLetterSchema,
        schema: deadLetterSchema,
      };
    case 'stock event': {
      const schema = envelopeSchema(stockEventType, stockEventDataSchema);
      return {
        name: 'stock-event',
        about: 'A domain event, brought to its newest version.',
        type: stockEventType,
        data: stockEventDataSchema,
        schema,
      };
    }
    default: {
      const type: JsonSchema = { type: 'string', const: kind };
      const data = messageDataSchemas[kind];
      return { name: kind, about: MESSAGES_IN_WORDS[kind], type, data, schema: envelopeSchema(type, data) };
    }
  }
}

export const payloadsOf = (topic: keyof typeof TOPICS): readonly Payload[] => MESSAGES_OF_TOPICS[topic].map(payload);
