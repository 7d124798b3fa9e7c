import { level } from '../../test/messages.js';
import type { TenantRouting } from '../routing/routing.js';
import { entryOf } from './entry.js';
import { parkingLane } from './inbox.js';
import { sortEntries } from './sort-entries.js';

const routing = new Map<string, TenantRouting>([
  [
    'acme',
    { version: '1', connections: new Map([['sap', { postingLagMs: null, autoMap: false, locations: new Map([['0001', 'BER']]) }]]) },
  ],
]);
const nothing = { versions: new Map<string, string>(), handled: new Map<string, string>(), parked: new Set<string>() };
const first = entryOf('acme', level('m1'));

const kinds = (...[entries, look = nothing]: [Parameters<typeof sortEntries>[0], typeof nothing?]) =>
  sortEntries(entries, look, routing).map((sorted) => (sorted.kind === 'reject' ? sorted.reason.code : sorted.kind));

describe('sorting the messages of a batch', () => {
  it('finds the location of a mapped warehouse', () =>
    expect(sortEntries([first], nothing, routing)).toMatchObject([
      { kind: 'located', placement: { locationId: 'BER', postingLagMs: null } },
    ]));

  it('parks messages of a warehouse that is not mapped', () =>
    expect(kinds([entryOf('acme', level('m1', { warehouseId: '0002' }))])).toEqual(['park']));

  it('parks messages behind parked ones of the same connection, warehouse and SKU, and no others', () => {
    const look = { ...nothing, parked: new Set([parkingLane(first)]) };
    expect(kinds([first, entryOf('acme', level('m2', { sku: 'CAP' }))], look)).toEqual(['park', 'located']);
  });

  it('rejects a connection that nobody created, and that of another tenant', () =>
    expect(kinds([entryOf('acme', level('m1', { connectionId: 'oracle' })), entryOf('other', level('m1'))])).toEqual([
      'unknown_connection',
      'unknown_connection',
    ]));

  it('leaves out what was handled before, in this batch too', () => {
    const look = { ...nothing, handled: new Map([[first.commandId, first.bodyHash]]) };
    expect(kinds([first], look)).toEqual(['duplicate']);
    expect(kinds([first, first])).toEqual(['located', 'duplicate']);
  });

  it('rejects another message under a used id', () => {
    const other = entryOf('acme', level('m1', { quantity: 99 }));
    expect(kinds([first, other])).toEqual(['located', 'message_id_reused']);
    expect(kinds([other], { ...nothing, handled: new Map([[first.commandId, first.bodyHash]]) })).toEqual(['message_id_reused']);
  });
});
