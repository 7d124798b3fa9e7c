import { textFaultIn } from '@holdfast/kit';
import type { CloudEvent } from '../envelope.js';
import type { MessageType } from '../schemas/messages.js';
import { envelopeSchema, messageDataSchemas } from '../schemas/messages.js';
import { validatorOf } from './validator.js';
import type { Fault, Validator } from './validator.js';

export type MessageRefusal = 'not_json' | 'schema_violation' | 'unknown_message_type';

export type ReadMessage<Message> =
  | { readonly ok: true; readonly message: Message }
  | {
      readonly ok: false;
      readonly code: MessageRefusal;
      readonly message: string;
      readonly faults: readonly Fault[];
      /** What came, as far as it was JSON. */
      readonly value?: unknown;
    };

/** Reads messages of some types, each checked by the schema of its type. */
export interface MessageReader<Message> {
  /** Checks a message that is parsed already. A refusal names each field and what would be right. */
  check(value: unknown): ReadMessage<Message>;
  /** Reads a message as it came from the bus. */
  parse(json: string | null): ReadMessage<Message>;
  /** Compiles the schemas. Call it when a service starts: the first message would hold the event loop for some tenths of a second. */
  compile(): void;
}

type Data = Readonly<Record<string, unknown>>;

const MOST_FAULTS_TOLD = 10;
const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
const inWords = ({ field, message }: Fault): string => `${field === '' ? 'the message' : field} ${message}`;

/** @param tidy changes what no sender means, such as blanks around ids, before the data is checked */
export function messageReader<Message extends CloudEvent<MessageType>>(
  types: readonly Message['type'][],
  tidy: (data: Data) => Data,
): MessageReader<Message> {
  const validators = new Map<unknown, Validator>(
    types.map((type) => [type, validatorOf(envelopeSchema({ type: 'string', const: type }, messageDataSchemas[type]))]),
  );
  /** The schema proves the type: its fields are checked against it by the compiler. */
  const isValid = (value: unknown, faults: readonly Fault[]): value is Message => isObject(value) && faults.length === 0;

  const check = (value: unknown): ReadMessage<Message> => {
    const refused = (code: MessageRefusal, message: string, faults: readonly Fault[] = []): ReadMessage<Message> => ({
      ok: false,
      code,
      message,
      faults,
      value,
    });
    if (!isObject(value)) return refused('schema_violation', 'the message must be a JSON object');
    const validator = validators.get(value['type']);
    if (validator === undefined) return refused('unknown_message_type', `type must be one of ${types.join(', ')}`);
    const message = isObject(value['data']) ? { ...value, data: tidy(value['data']) } : value;
    const unstorable = textFaultIn(message);
    const faults = unstorable === undefined ? validator(message) : [unstorable];
    if (isValid(message, faults)) return { ok: true, message };
    return refused('schema_violation', faults.slice(0, MOST_FAULTS_TOLD).map(inWords).join('; '), faults);
  };

  const parse = (json: string | null): ReadMessage<Message> => {
    const unreadable = (message: string): ReadMessage<Message> => ({ ok: false, code: 'not_json', message, faults: [] });
    if (json === null) return unreadable('the message has no body; send a CloudEvent as JSON');
    try {
      return check(JSON.parse(json));
    } catch (error) {
      return unreadable(`the message is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return { check, parse, compile: () => validators.forEach((validator) => validator.compile()) };
}
