import { messageDataSchemas, validatorOf, type AlertMessage } from '@holdfast/contracts';
import { isRecord } from '@holdfast/platform';

const faultsOf = validatorOf(messageDataSchemas['holdfast.inventory.alert.v1']);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a message of the topic of alerts; undefined where it is none. */
export function readAlert(value: string | null): AlertMessage | undefined {
  const message = parsed(value);
  if (!isRecord(message)) return undefined;
  const { id, tenant, time, data } = message;
  const isWhole = typeof id === 'string' && UUID.test(id) && typeof tenant === 'string' && typeof time === 'string';
  return isWhole && !Number.isNaN(Date.parse(time)) && faultsOf(data).length === 0 ? (message as unknown as AlertMessage) : undefined;
}

function parsed(value: string | null): unknown {
  try {
    return value === null ? undefined : (JSON.parse(value) as unknown);
  } catch {
    return undefined;
  }
}
