import { CONFLICT_STRATEGIES, type ConflictStrategy } from '@holdfast/contracts';
import { IsChannelId, IsOneOf, IsSku, IsText, Problem } from '@holdfast/platform';
import type { ChannelMapping, ChannelMappings, MappingRef } from '../../mappings/channel-mappings.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Former, LineFault } from '../import-kind.js';
import type { Cells, DescribedThings, Removal, Standing, Trading } from './described-things.js';
import { DescriptionLines } from './description-lines.js';
import { tradesOf } from './trades.js';

/** Which listing a SKU has on a channel. A line may leave out what stands there already. */
class MappingLine {
  @IsSku()
  readonly sku!: string;

  @IsChannelId()
  readonly channelId!: string;

  @IsText({ optional: true })
  readonly listingId?: string;

  @IsOneOf(CONFLICT_STRATEGIES, { optional: true })
  readonly conflictStrategy?: ConflictStrategy;
}

const refOf = ({ channelId, sku }: Cells): MappingRef => ({ channelId: String(channelId), sku: String(sku) });

/** Mappings, by SKU and channel. */
class Mappings implements DescribedThings {
  readonly keys = ['sku', 'channelId'] as const;
  readonly emptiable: ReadonlySet<string> = new Set(['conflictStrategy']);
  readonly removal: Removal = {
    faultOf: () => Promise.resolve(undefined),
    remove: (asker, cells, commandId) => this.mappings.put(asker, refOf(cells), null, commandId),
  };
  /** SKUs that get each other's listings do so in one call, else each would find its listing taken. */
  readonly trading: Trading = {
    groups: tradesOf,
    putAll: async (asker, changes, commandId) => {
      const [first] = changes;
      if (first === undefined) return;
      const mappings = changes.map(async ({ cells, values }) => ({
        sku: String(cells['sku']),
        mapping: values === null ? null : { ...(await this.read(asker.tenant, cells)).values, ...values },
      }));
      await this.mappings.putAll(asker, refOf(first.cells).channelId, await Promise.all(mappings), commandId);
    },
  };

  constructor(private readonly mappings: ChannelMappings) {}

  /** Of two SKUs that are given the same listing, the first in the file gets it. */
  laneOf({ channelId, listingId }: Former): string {
    return JSON.stringify([channelId, listingId]);
  }

  async read(tenant: string, cells: Cells): Promise<Standing> {
    const found = await this.find(tenant, cells);
    if (found === undefined || found === 'unknown_channel') return { exists: false, values: {} };
    const { listingId, conflictStrategy } = found;
    return { exists: true, values: conflictStrategy === null ? { listingId } : { listingId, conflictStrategy } };
  }

  async faultOf(tenant: string, cells: Cells, { exists }: Standing): Promise<LineFault | undefined> {
    if (exists) return undefined;
    if ((await this.find(tenant, cells)) === 'unknown_channel')
      return { column: 'channelId', code: 'unknown_channel', says: `there is no channel ${String(cells['channelId'])}; create it first` };
    if (cells['listingId'] !== undefined) return undefined;
    return { column: 'listingId', code: 'validation_failed', says: 'listingId must be given for a SKU that has no listing there' };
  }

  async put(asker: Asker, cells: Cells, values: Former, commandId: string): Promise<void> {
    const { values: standing } = await this.read(asker.tenant, cells);
    await this.mappings.put(asker, refOf(cells), { ...standing, ...values }, commandId);
  }

  private async find(tenant: string, cells: Cells): Promise<ChannelMapping | 'unknown_channel' | undefined> {
    try {
      return await this.mappings.find(tenant, refOf(cells));
    } catch (error) {
      if (error instanceof Problem && error.code === 'unknown_channel') return 'unknown_channel';
      throw error;
    }
  }
}

/** Mapping files: which listing each SKU has on each channel. */
export class MappingLines extends DescriptionLines {
  readonly name = 'mappings';
  readonly permission = 'channels.write';
  /** Listings are traded between lines that are carried out together. */
  readonly portion = 10_000;
  readonly columns = { required: ['sku', 'channelId'], optional: ['listingId', 'conflictStrategy'], numeric: [] };

  constructor(mappings: ChannelMappings) {
    super(new Mappings(mappings), MappingLine, ({ sku, channelId }) => JSON.stringify([sku, channelId]));
  }
}
