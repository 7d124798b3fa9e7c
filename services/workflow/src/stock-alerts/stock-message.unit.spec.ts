import { readStockMessage } from './stock-message.js';

const data = { sku: 'A', locationId: 'BER', onHand: 5, reserved: 7, available: -2, position: '12', version: 4 };
const message = (change: object = {}, envelope: object = {}) => ({
  value: JSON.stringify({ tenant: 'demo', time: '2026-03-01T12:00:00Z', data: { ...data, ...change }, ...envelope }),
});

describe('reading an ATP message', () => {
  it('takes the figures, also those of promises that are not covered', () => {
    expect(readStockMessage(message())).toEqual({ figure: { tenant: 'demo', ...data, at: Date.parse('2026-03-01T12:00:00Z') } });
  });

  it.each([
    ['a tombstone', { value: null }, 'tombstone'],
    ['no JSON', { value: 'x' }, 'not a JSON object'],
    ['no tenant', message({}, { tenant: '' }), 'tenant is missing'],
    ['no time', message({}, { time: 'noon' }), 'time is missing'],
    ['no data', message({}, { data: undefined }), 'data is missing'],
    ['no location', message({ locationId: null }), 'sku and locationId must be text'],
    ['half a unit', message({ reserved: 0.5 }), 'onHand, reserved and available must be whole numbers'],
    ['no version', message({ version: undefined }), 'version must be a whole number'],
    ['no position', message({ position: 12 }), 'position must be decimal'],
  ])('names the fault of one with %s', (_what, given, fault) => {
    expect(readStockMessage(given)).toEqual({ fault });
  });
});
