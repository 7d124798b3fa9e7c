import type { ChannelAtpChanged } from '@holdfast/contracts';
import type { IncomingMessage } from '@holdfast/messaging';
import type { DesiredFigure } from './desired-figures.js';

export type ReadMessage = { readonly figure: DesiredFigure } | { readonly fault: string };

/** Reads a message of `inventory.channel-atp.v1`. */
export function readAtpMessage({ value }: Pick<IncomingMessage, 'value'>): ReadMessage {
  if (value === null) return { fault: 'tombstone' };
  const envelope = parsed(value);
  if (!isObject(envelope)) return { fault: 'not a JSON object' };
  const tenant = envelope['tenant'];
  const data = envelope['data'];
  if (typeof tenant !== 'string' || tenant === '') return { fault: 'tenant is missing' };
  if (!isObject(data)) return { fault: 'data is missing' };
  const { channelId, sku, atp, position, version } = data as Readonly<Partial<Record<keyof ChannelAtpChanged, unknown>>>;
  if (typeof channelId !== 'string' || typeof sku !== 'string') return { fault: 'channelId and sku must be text' };
  if (!isCount(atp)) return { fault: 'atp must be a whole number from 0' };
  if (!isCount(version)) return { fault: 'version must be a whole number from 0' };
  if (typeof position !== 'string' || !/^\d{1,19}$/.test(position)) return { fault: 'position must be decimal' };
  return { figure: { tenant, channelId, sku, quantity: atp, position, version } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
