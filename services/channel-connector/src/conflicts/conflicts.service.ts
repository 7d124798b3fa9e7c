import { Problem } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { ChannelTable } from '../channels/channel-table.js';
import type { Figure } from '../providers/figures.js';
import { figureNow } from '../reconcile/mapped-listings.js';
import { tellAgain } from '../reconcile/tell-again.js';
import type { ChannelFigures, WantedFigure } from './channel-figure.js';
import type { ResolvedConflict, ResolveRequest } from './conflict.dto.js';
import type { Conflict, ConflictTable } from './conflict-table.js';
import { asWanted } from './figures-to-meet.js';

export interface ConflictsParts {
  readonly pool: Pool;
  readonly table: ConflictTable;
  readonly channels: ChannelTable;
  readonly figures: ChannelFigures;
  readonly wakeDelivery: () => void;
}

/** Decides conflicts, as a person says. */
export class ConflictsService {
  constructor(private readonly parts: ConflictsParts) {}

  /** @throws Problem 404 `unknown_conflict`, 409 `conflict_resolved`, or what refuses the booking */
  async resolve(tenant: string, conflictId: string, request: ResolveRequest, actor: string): Promise<ResolvedConflict> {
    const { table, channels, pool, wakeDelivery } = this.parts;
    const conflict = await table.find(tenant, conflictId);
    const stored = conflict === undefined ? undefined : await channels.account(conflict);
    if (conflict === undefined || stored === undefined)
      throw new Problem(404, 'unknown_conflict', 'There is no such conflict', { details: [{ conflictId }] });
    if (conflict.resolvedAt !== null) throw resolvedBefore(conflict);
    const ours = (await figureNow(pool, stored, conflict.listingId)) ?? { quantity: conflict.ours, parts: [] };
    const { quantity, booked } = figureOf({ ours: ours.quantity, theirs: conflict.theirs }, request);
    if (!(await table.claim(conflict, request.use))) throw resolvedBefore((await table.find(tenant, conflictId)) ?? conflict);
    // Booked first, under the conflict's id: after a death between the two the same request completes it and books nothing twice.
    const figure = quantity === conflict.theirs.quantity ? conflict.theirs : asWanted(quantity, conflict.theirs, ours);
    const wanted = { channel: stored, sku: conflict.sku, figure, ours, bookingId: conflictId, actor };
    const change = booked ? await this.book(conflict, wanted) : 0;
    if (!(await table.decide(conflict, request.use, actor))) throw resolvedBefore((await table.find(tenant, conflictId)) ?? conflict);
    await tellAgain(pool, stored, [{ sku: conflict.sku, listingId: conflict.listingId, shown: conflict.theirs }]);
    wakeDelivery();
    return {
      conflictId,
      channelId: stored.channelId,
      sku: conflict.sku,
      listingId: conflict.listingId,
      used: request.use,
      quantity,
      booked: change,
    };
  }

  private async book(conflict: Conflict, wanted: WantedFigure): Promise<number> {
    try {
      return await this.parts.figures.book(wanted);
    } catch (error) {
      if (error instanceof Problem) await this.parts.table.giveUp(conflict);
      throw error;
    }
  }
}

/** Which figure both shall show, and whether it has to become ours first. @param ours as it is now; it may have moved since the conflict was opened */
export function figureOf(
  { ours, theirs }: { readonly ours: number; readonly theirs: Figure },
  { use, quantity }: ResolveRequest,
): { readonly quantity: number; readonly booked: boolean } {
  if (quantity !== undefined) return { quantity, booked: true };
  switch (use) {
    case 'master':
      return { quantity: ours, booked: false };
    case 'channel':
      return { quantity: theirs.quantity, booked: true };
    case 'lower':
      return { quantity: Math.min(ours, theirs.quantity), booked: theirs.quantity < ours };
    default:
      return use satisfies never;
  }
}

const resolvedBefore = ({ conflictId, used }: Conflict): Problem =>
  new Problem(409, 'conflict_resolved', 'The conflict was decided before', { details: [{ conflictId, used }] });
