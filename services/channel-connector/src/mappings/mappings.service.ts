import type { Pool } from 'pg';
import type { DataSource, FindOptionsWhere } from 'typeorm';
import { IsNull, Not, Raw } from 'typeorm';
import { type Page, paginationOf, Problem } from '@holdfast/platform';
import { channelAt } from '../channels/age-of-figures.js';
import type { ChannelsService } from '../channels/channels.service.js';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { ListingEntity } from './listing.entity.js';
import { listingStatus, type ChannelNow } from './listing-status.js';
import type { MappingChange, MappingQuery, MappingRequest, MappingsView, MappingView, PutMappingsRequest } from './mapping.dto.js';
import { changeMappings, ListingsTaken } from './mapping-table.js';
import { exportedMappings } from './mappings-export.js';

export class MappingsService {
  constructor(
    private readonly channels: ChannelsService,
    private readonly source: DataSource,
    private readonly pool: Pool,
    private readonly wakeDelivery: () => void,
    private readonly now: () => number,
  ) {}

  /** @throws Problem 404 `unknown_channel`, 400 for a SKU or listing named twice, 409 `listing_already_mapped` */
  async put(channel: ChannelRef, { mappings, mode }: PutMappingsRequest, by: string): Promise<MappingChange> {
    await this.channels.mustExist(channel);
    refuseRepeats(mappings);
    try {
      const change = await changeMappings(this.pool, channel, mappings, mode === 'replace', by);
      this.wakeDelivery();
      return change;
    } catch (error) {
      if (error instanceof ListingsTaken) throw listingsTaken(error.taken);
      if (isUniqueViolation(error)) throw listingsTaken([]);
      throw error;
    }
  }

  /** As CSV, piece by piece. @param channelId null for all channels */
  exported(tenant: string, channelId: string | null): AsyncGenerator<string> {
    return exportedMappings(this.pool, tenant, channelId);
  }

  async page(channel: ChannelRef, query: MappingQuery, page: Page): Promise<MappingsView> {
    const at = channelAt(await this.channels.mustExist(channel), this.now());
    const [rows, total] = await this.source.getRepository(ListingEntity).findAndCount({
      where: {
        ...channel,
        listingId: Not(IsNull()),
        ...(query.sku === undefined ? {} : { sku: query.sku }),
        ...withStatus(query.status, at),
      },
      order: { sku: 'ASC' },
      skip: page.offset,
      take: page.pageSize,
    });
    return { mappings: rows.map((row) => mappingView(row, at)), pagination: paginationOf(page, total) };
  }
}

const rule = (condition: (column: string) => string, { staleBefore }: ChannelNow): FindOptionsWhere<ListingEntity> => ({
  sentVersion: Raw(condition, { staleBefore }),
});

const IS_OLD = 'coalesce(shown_at < :staleBefore::timestamptz, false)';

/** The same rule as `listingStatus`, for the database. */
function withStatus(status: MappingQuery['status'], channel: ChannelNow): FindOptionsWhere<ListingEntity> {
  switch (status) {
    case undefined:
      return {};
    case 'ok':
      return rule(
        (column) =>
          `conflict_id IS NULL AND ${column} IS NOT DISTINCT FROM version AND fault IS NULL AND pending_reference IS NULL AND NOT ${IS_OLD}`,
        channel,
      );
    case 'stale':
      return rule(
        (column) =>
          `conflict_id IS NULL AND fault IS NULL AND (${column} IS DISTINCT FROM version AND NOT ${String(channel.gone)} OR ${column} IS NOT DISTINCT FROM version AND (pending_reference IS NOT NULL OR ${IS_OLD}))`,
        channel,
      );
    case 'error':
      return rule(
        (column) => `conflict_id IS NULL AND (fault IS NOT NULL OR ${column} IS DISTINCT FROM version AND ${String(channel.gone)})`,
        channel,
      );
    case 'conflict':
      return { conflictId: Not(IsNull()) };
    default:
      return status satisfies never;
  }
}

const mappingView = (row: ListingEntity, channel: ChannelNow): MappingView => ({
  sku: row.sku,
  listingId: row.listingId,
  conflictStrategy: row.conflictStrategy,
  quantity: row.sentQuantity === null ? null : Number(row.sentQuantity),
  lastSync: row.sentAt?.toISOString() ?? null,
  status: listingStatus(row, channel),
  error: row.fault,
  conflictId: row.conflictId,
});

function refuseRepeats(mappings: readonly MappingRequest[]): void {
  const details = [
    ...repeats(mappings.map(({ sku }) => sku)).map((index) => ({ field: `mappings[${index}].sku`, message: 'is named twice' })),
    ...repeats(mappings.map(({ listingId }) => listingId)).map((index) => ({
      field: `mappings[${index}].listingId`,
      message: 'is named twice',
    })),
  ];
  if (details.length > 0) throw new Problem(400, 'validation_failed', 'The request body has faults', { details: details.slice(0, 100) });
}

function repeats(values: readonly (string | null)[]): readonly number[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (value === null) return [];
    if (seen.has(value)) return [index];
    seen.add(value);
    return [];
  });
}

const listingsTaken = (taken: readonly object[]): Problem =>
  new Problem(409, 'listing_already_mapped', 'A listing is mapped to another SKU; a listing belongs to one SKU', { details: taken });

const UNIQUE_VIOLATION = '23505';
const isUniqueViolation = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
