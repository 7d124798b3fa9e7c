import { randomUUID } from 'node:crypto';
import type { ServiceAnswer, ServiceCall, ServiceCalls } from '@holdfast/forwarding';
import { isRecord, Problem } from '@holdfast/platform';
import type { Asker } from '../stock/stock.service.js';

export interface ChannelMapping {
  readonly listingId: string;
  /** Null: the channel's. */
  readonly conflictStrategy: string | null;
}

export interface MappingRef {
  readonly channelId: string;
  readonly sku: string;
}

export interface MappingChange {
  readonly sku: string;
  /** Null takes the SKU off the channel. */
  readonly mapping: Partial<ChannelMapping> | null;
}

/** Mappings of SKUs to listings, which are the channel connector's: read and changed over its routes, so that their rules hold. */
export class ChannelMappings {
  constructor(private readonly calls: ServiceCalls) {}

  /** @returns undefined for a SKU that is not mapped @throws Problem 404 `unknown_channel` */
  async find(tenant: string, { channelId, sku }: MappingRef): Promise<ChannelMapping | undefined> {
    const path = `${pathOf(channelId)}?sku=${encodeURIComponent(sku)}`;
    const body = await this.call({ tenant, subject: 'import' }, { method: 'GET', path });
    const [found] = Array.isArray(body['mappings']) ? (body['mappings'] as readonly ChannelMapping[]) : [];
    return found;
  }

  /** @param mapping null takes the SKU off the channel @param key a repeat changes nothing @throws Problem of the route */
  put(asker: Asker, { channelId, sku }: MappingRef, mapping: Partial<ChannelMapping> | null, key: string): Promise<void> {
    return this.putAll(asker, channelId, [{ sku, mapping }], key);
  }

  /** All or none, so that SKUs may trade their listings. At most 10,000. @throws Problem of the route */
  async putAll(asker: Asker, channelId: string, changes: readonly MappingChange[], key: string): Promise<void> {
    const mappings = changes.map(({ sku, mapping }) => {
      const { listingId = null, conflictStrategy = null } = mapping ?? {};
      return { sku, listingId, ...(conflictStrategy === null ? {} : { conflictStrategy }) };
    });
    await this.call(asker, { method: 'PUT', path: pathOf(channelId), headers: { 'idempotency-key': key }, body: { mappings } });
  }

  private async call(
    { tenant, subject }: Asker,
    call: Pick<ServiceCall, 'method' | 'path' | 'headers' | 'body'>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const caller = { tenant, subject, permissions: ['channels.read', 'channels.write'] };
    return bodyOf(await this.calls.call({ ...call, caller, requestId: randomUUID() }));
  }
}

const pathOf = (channelId: string): string => `/sales-channel/channels/${encodeURIComponent(channelId)}/mappings`;

/** @throws Problem where the route refuses; Error where it cannot answer, which a later try may get */
function bodyOf({ status, body }: ServiceAnswer): Readonly<Record<string, unknown>> {
  const answered = isRecord(body) ? body : {};
  if (status < 400) return answered;
  const { code, error } = answered;
  if (status >= 500 || status === 429 || typeof code !== 'string')
    throw new Error(`the channel connector answered ${String(status)} ${String(error)}`);
  throw new Problem(status, code, String(error));
}
