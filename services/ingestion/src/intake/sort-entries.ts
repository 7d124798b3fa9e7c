import type { RejectReason } from '@holdfast/messaging';
import type { TenantRouting } from '../routing/routing.js';
import { EMPTY_ROUTING, routeOf } from '../routing/routing.js';
import type { Entry } from './entry.js';
import type { Look } from './inbox.js';
import { parkingLane } from './inbox.js';
import type { Placement } from './stock-command.js';

export type Sorted<E extends Entry> =
  | { readonly kind: 'located'; readonly entry: E; readonly placement: Placement }
  /** `mapped`: only messages that came before it keep it waiting. */
  | { readonly kind: 'park'; readonly entry: E; readonly mapped: boolean }
  | { readonly kind: 'duplicate'; readonly entry: E }
  | { readonly kind: 'reject'; readonly entry: E; readonly reason: RejectReason };

/** Says for each entry, in order, what is to become of it. */
export function sortEntries<E extends Entry>(
  entries: readonly E[],
  look: Look,
  routing: ReadonlyMap<string, TenantRouting>,
): readonly Sorted<E>[] {
  const seen = new Map(look.handled);
  return entries.map((entry) => {
    const known = seen.get(entry.commandId);
    if (known === entry.bodyHash) return { kind: 'duplicate', entry };
    if (known !== undefined) return { kind: 'reject', entry, reason: reusedId(entry) };

    const { connectionId, warehouseId } = entry.message;
    const route = routeOf(routing.get(entry.tenant) ?? EMPTY_ROUTING, connectionId, warehouseId);
    if (route.kind === 'unknown_connection') return { kind: 'reject', entry, reason: unknownConnection(connectionId) };
    seen.set(entry.commandId, entry.bodyHash);
    if (route.kind === 'unmapped') return { kind: 'park', entry, mapped: false };
    if (look.parked.has(parkingLane(entry))) return { kind: 'park', entry, mapped: true };
    return { kind: 'located', entry, placement: route };
  });
}

const reusedId = ({ message }: Entry): RejectReason => ({
  code: 'message_id_reused',
  message: `data.messageId ${message.messageId} was used by another message of connection ${message.connectionId}; give this one an id of its own`,
});

export const unknownConnection = (connectionId: string): RejectReason => ({
  code: 'unknown_connection',
  message: `data.connectionId ${connectionId} is no connection; create it with PUT /v1/erp/connections/${connectionId} or correct the id, then send the message again`,
});
