import type { ErpStockMessage } from '../messages.js';
import { envelopeSchema, messageDataSchemas } from '../schemas/messages.js';
import { validatorOf } from './validator.js';
import type { Fault } from './validator.js';

export type ErpMessageRefusal = 'not_json' | 'schema_violation' | 'unknown_message_type';

export type ParsedErpMessage =
  | { readonly ok: true; readonly message: ErpStockMessage }
  | { readonly ok: false; readonly code: ErpMessageRefusal; readonly message: string; readonly faults: readonly Fault[] };

const ERP_TYPES = ['holdfast.erp.level.v1', 'holdfast.erp.receipt.v1', 'holdfast.erp.issue.v1'] as const;
type ErpType = (typeof ERP_TYPES)[number];

const validators = Object.fromEntries(
  ERP_TYPES.map((type) => [type, validatorOf(envelopeSchema({ type: 'string', const: type }, messageDataSchemas[type]))]),
) as Readonly<Record<ErpType, ReturnType<typeof validatorOf>>>;

const isErpType = (type: unknown): type is ErpType => ERP_TYPES.some((known) => known === type);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema proves the type: its fields are checked against it by the compiler. */
const isValid = (value: unknown, faults: readonly Fault[]): value is ErpStockMessage => isObject(value) && faults.length === 0;

const refused = (code: ErpMessageRefusal, message: string, faults: readonly Fault[] = []): ParsedErpMessage => ({
  ok: false,
  code,
  message,
  faults,
});

const inWords = ({ field, message }: Fault): string => `${field === '' ? 'the message' : field} ${message}`;

/** Ids are kept as given, but for blanks around them, which no person can see. */
function trimmed(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const tidy = (name: string): Readonly<Record<string, unknown>> => {
    const value = data[name];
    return typeof value === 'string' ? { [name]: value.trim() } : {};
  };
  return { ...data, ...tidy('sku'), ...tidy('warehouseId') };
}

/** Checks a message of `erp.stock.v1` that is parsed already. A refusal names each field and what would be right. */
export function checkErpMessage(value: unknown): ParsedErpMessage {
  if (!isObject(value)) return refused('schema_violation', 'the message must be a JSON object');
  const type = value['type'];
  if (!isErpType(type)) return refused('unknown_message_type', `type must be one of ${ERP_TYPES.join(', ')}`);
  const message = isObject(value['data']) ? { ...value, data: trimmed(value['data']) } : value;
  const faults = validators[type](message);
  if (isValid(message, faults)) return { ok: true, message };
  return refused('schema_violation', faults.slice(0, 10).map(inWords).join('; '), faults);
}

/** Reads a message of `erp.stock.v1` as it came from the bus. */
export function parseErpMessage(json: string | null): ParsedErpMessage {
  if (json === null) return refused('not_json', 'the message has no body; send a CloudEvent as JSON');
  try {
    return checkErpMessage(JSON.parse(json));
  } catch (error) {
    return refused('not_json', `the message is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
