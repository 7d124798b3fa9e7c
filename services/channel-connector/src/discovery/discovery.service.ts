import { paginationOf, Problem, type Page } from '@holdfast/platform';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Accounts } from '../accounts/open-account.js';
import { unknownChannel } from '../channels/channels.service.js';
import type { ChannelTable } from '../channels/channel-table.js';
import type { MappingChange } from '../mappings/mapping.dto.js';
import type { MappingsService } from '../mappings/mappings.service.js';
import type { Discovering } from './discovering.js';
import type { AcceptedListing, DiscoveryView } from './discovery.dto.js';
import type { Discovery, DiscoveryTable } from './discovery-table.js';
import type { Match } from './match.js';

/** Mappings of one change. */
const MAPPED_AT_ONCE = 10_000;

interface Mapping {
  readonly sku: string;
  readonly listingId: string;
}

export class DiscoveryService {
  constructor(
    private readonly table: DiscoveryTable,
    private readonly discovering: Discovering,
    private readonly channels: ChannelTable,
    private readonly mappings: MappingsService,
    private readonly accounts: Accounts,
  ) {}

  /** @throws Problem 404 `unknown_channel`, 409 `channel_not_readable` */
  async start(channel: ChannelRef): Promise<string> {
    const stored = (await this.channels.account(channel)) ?? unknownChannel(channel.channelId);
    const { account } = this.accounts.open(stored, AbortSignal.abort());
    if (account.list === undefined) throw notReadable(stored.provider);
    const id = await this.table.begin(channel);
    this.discovering.start({ tenant: channel.tenant, id });
    return id;
  }

  /** @throws Problem 404 `unknown_channel`, `unknown_discovery` */
  async view(channel: ChannelRef, discoveryId: string, match: Match | undefined, page: Page): Promise<DiscoveryView> {
    const discovery = await this.mustExist(channel, discoveryId);
    const { listings, total } = await this.table.proposals(discovery, match, page);
    return {
      discoveryId,
      channelId: discovery.channelId,
      status: discovery.status,
      error: discovery.fault,
      startedAt: discovery.createdAt.toISOString(),
      finishedAt: discovery.finishedAt?.toISOString() ?? null,
      progress: { pages: discovery.pages, found: discovery.found, total: discovery.total },
      listings,
      pagination: paginationOf(page, total),
    };
  }

  /**
   * Maps what is certain, or what is named, and says how many mappings that made: none where it was accepted before.
   * @throws Problem 404, 409 `discovery_running` or `discovery_failed`, 400 for a listing that the discovery does not have or that needs a SKU, 409 `listing_already_mapped`
   */
  async accept(
    channel: ChannelRef,
    discoveryId: string,
    named: readonly AcceptedListing[] | undefined,
    by: string,
  ): Promise<MappingChange> {
    const discovery = await this.mustExist(channel, discoveryId);
    if (discovery.status === 'running')
      throw new Problem(409, 'discovery_running', 'The discovery is still under way', { details: [{ discoveryId }] });
    if (discovery.status === 'failed')
      throw new Problem(409, 'discovery_failed', 'The discovery did not read all listings; begin another', { details: [{ discoveryId }] });
    const wanted = named === undefined ? await this.table.certain(discovery) : await this.asNamed(discovery, named);
    let mapped = 0;
    for (let from = 0; from < wanted.length; from += MAPPED_AT_ONCE) {
      const mappings = await this.notMappedYet(channel, wanted.slice(from, from + MAPPED_AT_ONCE));
      if (mappings.length > 0) mapped += (await this.mappings.put(channel, { mappings }, by)).mapped;
    }
    return { mapped, removed: 0 };
  }

  /** A mapping that exists is left as it is, with the conflict strategy that somebody gave it since. */
  private async notMappedYet(channel: ChannelRef, wanted: readonly Mapping[]): Promise<Mapping[]> {
    const { skuOf } = await this.table.mappingsOf(
      channel,
      wanted.map(({ listingId }) => listingId),
      [],
    );
    return wanted.filter(({ sku, listingId }) => skuOf.get(listingId) !== sku);
  }

  private async asNamed(discovery: Discovery, named: readonly AcceptedListing[]): Promise<Mapping[]> {
    const found = await this.table.named(
      discovery,
      named.map(({ listingId }) => listingId),
    );
    const proposals = new Map(found.map((proposal) => [proposal.listingId, proposal]));
    const details: { field: string; message: string }[] = [];
    const mappings = named.flatMap(({ listingId, sku }, index): Mapping[] => {
      const proposal = proposals.get(listingId);
      const chosen = sku ?? proposal?.sku ?? undefined;
      if (proposal === undefined)
        details.push({ field: `listings[${String(index)}].listingId`, message: 'is no listing of this discovery' });
      else if (chosen === undefined)
        details.push({ field: `listings[${String(index)}].sku`, message: 'is needed: there is no single proposal' });
      return proposal === undefined || chosen === undefined ? [] : [{ sku: chosen, listingId }];
    });
    if (details.length === 0) return mappings;
    throw new Problem(400, 'validation_failed', 'The request body has faults', { details: details.slice(0, 100) });
  }

  private async mustExist({ tenant, channelId }: ChannelRef, discoveryId: string): Promise<Discovery> {
    if ((await this.channels.find({ tenant, channelId })) === null) unknownChannel(channelId);
    const found = await this.table.find(tenant, discoveryId);
    if (found?.channelId === channelId) return found;
    throw new Problem(404, 'unknown_discovery', 'There is no such discovery of this channel', { details: [{ discoveryId }] });
  }
}

export const notReadable = (provider: string): Problem =>
  new Problem(409, 'channel_not_readable', 'A channel of this kind reports nothing back, so it cannot be read', {
    details: [{ provider }],
  });
