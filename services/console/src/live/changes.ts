/** What a channel may promise of a SKU now. */
export interface ChannelChange {
  readonly kind: 'channel';
  readonly sku: string;
  readonly channelId: string;
  readonly atp: number;
  /** By location id, without locations that have none. */
  readonly locations: Readonly<Record<string, number>>;
}

/** Stock of a SKU at a location now. */
export interface LocationChange {
  readonly kind: 'location';
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  /** Units on hand that may not leave. */
  readonly held: number;
}

export type Change = ChannelChange | LocationChange;

/** `reset`: changes may have been missed, so what was read before must be read again. */
export type StreamState = 'connecting' | 'live' | 'lost';

/** What the hub tells its listeners. */
export type Told =
  | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly position: string }
  /** `heardAt`: when the server was last heard, epoch milliseconds. */
  | { readonly kind: 'state'; readonly state: StreamState; readonly heardAt: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'signed-out' };

interface Message {
  readonly data: {
    readonly sku: string;
    readonly position: string;
    readonly channelId?: string;
    readonly locationId?: string;
    readonly atp?: number;
    readonly locations?: readonly { readonly locationId: string; readonly atp: number }[];
    readonly onHand?: number;
    readonly reserved?: number;
    readonly available?: number;
    readonly held?: number;
  };
}

/** Reads the CloudEvent of a stream's event. */
export function changeOf(json: string): { readonly change: Change; readonly position: string } {
  const { data } = JSON.parse(json) as Message;
  const { sku, position, channelId, locationId = '' } = data;
  if (channelId !== undefined) {
    const locations = Object.fromEntries((data.locations ?? []).map((part) => [part.locationId, part.atp]));
    return { change: { kind: 'channel', sku, channelId, atp: data.atp ?? 0, locations }, position };
  }
  const { onHand = 0, reserved = 0, available = 0, held = 0 } = data;
  return { change: { kind: 'location', sku, locationId, onHand, reserved, available, held }, position };
}
