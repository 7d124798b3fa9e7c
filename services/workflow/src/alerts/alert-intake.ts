import {
  messageDataSchemas,
  validatorOf,
  type AlertMessage,
  type ChannelAlertMessage,
  type ErpAlertMessage,
  type WarehouseAlertMessage,
} from '@holdfast/contracts';
import { isRecord } from '@holdfast/platform';

/** An alert of the topic: about stock, about a sales channel, about an ERP, or about a warehouse. */
export type AnyAlert = AlertMessage | ChannelAlertMessage | ErpAlertMessage | WarehouseAlertMessage;

const faultsOf = {
  'holdfast.inventory.alert.v1': validatorOf(messageDataSchemas['holdfast.inventory.alert.v1']),
  'holdfast.channel.alert.v1': validatorOf(messageDataSchemas['holdfast.channel.alert.v1']),
  'holdfast.erp.alert.v1': validatorOf(messageDataSchemas['holdfast.erp.alert.v1']),
  'holdfast.warehouse.alert.v1': validatorOf(messageDataSchemas['holdfast.warehouse.alert.v1']),
} as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a message of the topic of alerts; undefined where it is none. */
export function readAlert(value: string | null): AnyAlert | undefined {
  const message = parsed(value);
  if (!isRecord(message)) return undefined;
  const { id, type, tenant, time, data } = message;
  const isWhole = typeof id === 'string' && UUID.test(id) && typeof tenant === 'string' && typeof time === 'string';
  if (!isWhole || Number.isNaN(Date.parse(time)) || !isAlertType(type)) return undefined;
  return faultsOf[type](data).length === 0 ? (message as unknown as AnyAlert) : undefined;
}

const isAlertType = (type: unknown): type is keyof typeof faultsOf => typeof type === 'string' && Object.hasOwn(faultsOf, type);

function parsed(value: string | null): unknown {
  try {
    return value === null ? undefined : (JSON.parse(value) as unknown);
  } catch {
    return undefined;
  }
}
