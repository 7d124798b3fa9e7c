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
  const { channelId, sku, atp, position, version, locations } = data as Readonly<Partial<Record<keyof ChannelAtpChanged, unknown>>>;
  if (typeof channelId !== 'string' || typeof sku !== 'string') return { fault: 'channelId and sku must be text' };
  if (!isCount(atp)) return { fault: 'atp must be a whole number from 0' };
  if (!isCount(version)) return { fault: 'version must be a whole number from 0' };
  if (typeof position !== 'string' || !/^\d{1,19}$/.test(position)) return { fault: 'position must be decimal' };
  const parts = partsOf(locations);
  if (parts === undefined) return { fault: 'locations must be a list of locationId and atp' };
  return { figure: { tenant, channelId, sku, quantity: atp, parts, position, version } };
}

/** Null where the message does not tell locations; undefined where it tells them wrongly. */
function partsOf(locations: unknown): DesiredFigure['parts'] | undefined {
  if (locations === undefined) return null;
  if (!Array.isArray(locations)) return undefined;
  const parts: Record<string, number> = {};
  for (const entry of locations as readonly unknown[]) {
    if (!isObject(entry) || typeof entry['locationId'] !== 'string' || !isCount(entry['atp'])) return undefined;
    parts[entry['locationId']] = entry['atp'];
  }
  return parts;
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
