import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { LocationEvent } from '@holdfast/inventory';
import { noteRedating } from './redating-rows.js';

const recorded = (type: 'LocationRegistered' | 'LocationChanged'): RecordedEvent => {
  const event: LocationEvent = { type, locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 1 };
  const { type: storedType, data } = STREAMS.locations.encode(event);
  const metadata = { tenant: 'acme', at: 1_000 };
  return { stream: 'locations-acme', type: storedType, data, revision: 4, position: 9n, metadata } as unknown as RecordedEvent;
};

/** The tenants whose lots get new dates, where no zone of the location is stored. */
async function redated(...events: readonly RecordedEvent[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const query = (sql: string, values: readonly unknown[]) => {
    const isZones = sql.includes('workflow.location_zone');
    if (!isZones) found.push(values[0]);
    return Promise.resolve({ rows: isZones ? [{ tenant: 'acme', location_id: 'BER', time_zone: '', is_first: true }] : [] });
  };
  await noteRedating({ query } as unknown as PoolClient, events);
  return found;
}

describe('zones of locations', () => {
  it('give no new dates where a location is registered without one', async () =>
    expect(await redated(recorded('LocationRegistered'))).toEqual([]));

  it('give new dates where a location that was registered before zones were kept has none any more', async () =>
    expect(await redated(recorded('LocationChanged'))).toEqual([['acme']]));
});
