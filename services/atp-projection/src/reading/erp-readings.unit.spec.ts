import { cloudEvent, type ErpReading } from '@holdfast/contracts';
import { ErpReadings } from './erp-readings.js';

const NOON = Date.parse('2026-07-01T12:00:00Z');
const at = (secondsBefore: number): string => new Date(NOON - secondsBefore * 1_000).toISOString();

const message = (tenant: string, reading: ErpReading) => ({
  key: `${tenant}|${reading.connectionId}`,
  value: JSON.stringify(
    cloudEvent({ id: '1', source: 'holdfast/ingestion', type: 'holdfast.erp.reading.v1' as const, at: NOON, tenant, data: reading }),
  ),
});
const reading = (connectionId: string, locationIds: readonly string[], secondsBefore?: number): ErpReading => ({
  connectionId,
  locationIds,
  ...(secondsBefore === undefined ? {} : { asOf: at(secondsBefore) }),
  staleAfterSeconds: 300,
});

let readings: ErpReadings;
beforeEach(() => {
  readings = new ErpReadings({ now: () => NOON });
});
const figureAt = (locationId: string, tenant = 'acme') => readings.of(tenant)(locationId);

describe('how old the figures of ERPs are', () => {
  it('is said at the locations that a polled connection feeds, and at no other', () => {
    readings.take([message('acme', reading('sap', ['BER', 'HAM'], 42))]);
    expect(figureAt('BER')).toEqual({ asOf: at(42), ageSeconds: 42, isStale: false });
    expect([figureAt('MUC'), figureAt('BER', 'other')]).toEqual([undefined, undefined]);
  });

  it('follows the newest reading of a connection, to other locations too', () => {
    readings.take([message('acme', reading('sap', ['BER'], 90)), message('acme', reading('sap', ['HAM'], 30))]);
    expect([figureAt('BER'), figureAt('HAM')?.ageSeconds]).toEqual([undefined, 30]);
  });

  it('is that of the connection that was read the longest ago where several feed a location', () => {
    readings.take([message('acme', reading('sap', ['BER'], 10)), message('acme', reading('totvs', ['BER'], 301))]);
    expect(figureAt('BER')).toEqual({ asOf: at(301), ageSeconds: 301, isStale: true });
  });

  it('is stale beyond the bound of the connection, and before it was read at all', () => {
    readings.take([message('acme', reading('sap', ['BER'], 300)), message('acme', reading('linx', ['HAM']))]);
    expect([figureAt('BER')?.isStale, figureAt('HAM')]).toEqual([false, { asOf: null, ageSeconds: null, isStale: true }]);
  });

  it('is not said any more once the connection is not polled', () => {
    readings.take([message('acme', reading('sap', ['BER'], 10))]);
    readings.take([{ key: 'acme|sap', value: null }]);
    expect(figureAt('BER')).toBeUndefined();
  });

  it('passes over what is no reading', () => {
    readings.take([message('acme', reading('sap', ['BER'], 10))]);
    readings.take(['{', '{}', '{"data":{"connectionId":"sap"}}'].map((value) => ({ key: 'acme|sap', value })));
    expect(figureAt('BER')?.ageSeconds).toBe(10);
  });
});
