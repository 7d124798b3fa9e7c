import type { ErpStockMessage } from '../messages.js';
import { storedText } from '@holdfast/kit';
import { messageReader } from './message-reader.js';
import type { MessageRefusal, ReadMessage } from './message-reader.js';

export type ErpMessageRefusal = MessageRefusal;

export type ParsedErpMessage = ReadMessage<ErpStockMessage>;

/** What people write is kept as it is stored; ids that a connector made stay as given. */
function tidied(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const tidy = (name: string): Readonly<Record<string, unknown>> => {
    const value = data[name];
    return typeof value === 'string' ? { [name]: storedText(value) } : {};
  };
  return { ...data, ...tidy('sku'), ...tidy('warehouseId'), ...tidy('documentId'), ...tidy('lotId') };
}

const erpMessages = messageReader<ErpStockMessage>(['holdfast.erp.level.v1', 'holdfast.erp.receipt.v1', 'holdfast.erp.issue.v1'], tidied);

/** Checks a message of `erp.stock.v1` that is parsed already. A refusal names each field and what would be right. */
export const checkErpMessage = (value: unknown): ParsedErpMessage => erpMessages.check(value);

/** Reads a message of `erp.stock.v1` as it came from the bus. */
export const parseErpMessage = (json: string | null): ParsedErpMessage => erpMessages.parse(json);

/** For the start of a service that reads them: else the first message waits until the schemas are compiled, and all others with it. */
export const compileErpMessages = (): void => erpMessages.compile();
