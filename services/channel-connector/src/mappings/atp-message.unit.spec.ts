import { readAtpMessage } from './atp-message.js';

const data = { sku: 'A', channelId: 'shop', atp: 41, version: 3, position: '1207' };
const message = (change: object = {}, envelope: object = {}) => ({
  value: JSON.stringify({
    specversion: '1.0',
    type: 'holdfast.inventory.channel-atp.v1',
    tenant: 'demo',
    data: { ...data, ...change },
    ...envelope,
  }),
});

describe('reading a channel ATP message', () => {
  it('takes tenant, channel, SKU, figure, position and version', () => {
    expect(readAtpMessage(message())).toEqual({
      figure: { tenant: 'demo', channelId: 'shop', sku: 'A', quantity: 41, parts: null, position: '1207', version: 3 },
    });
  });

  it('takes the figure by location where it is told', () =>
    expect(
      readAtpMessage(
        message({
          locations: [
            { locationId: 'BER', atp: 40 },
            { locationId: 'HAM', atp: 1 },
          ],
        }),
      ),
    ).toMatchObject({
      figure: { parts: { BER: 40, HAM: 1 } },
    }));

  it.each([
    ['no list', {}],
    ['no figure', [{ locationId: 'BER' }]],
    ['a negative one', [{ locationId: 'BER', atp: -1 }]],
  ])('refuses locations with %s', (_what, locations) =>
    expect(readAtpMessage(message({ locations }))).toEqual({ fault: 'locations must be a list of locationId and atp' }),
  );

  it.each([
    ['a tombstone', { value: null }, 'tombstone'],
    ['no JSON', { value: '{' }, 'not a JSON object'],
    ['no object', { value: '7' }, 'not a JSON object'],
    ['no tenant', message({}, { tenant: undefined }), 'tenant is missing'],
    ['no data', message({}, { data: null }), 'data is missing'],
    ['no SKU', message({ sku: 7 }), 'channelId and sku must be text'],
    ['half a unit', message({ atp: 0.5 }), 'atp must be a whole number from 0'],
    ['less than nothing', message({ atp: -1 }), 'atp must be a whole number from 0'],
    ['no version', message({ version: '3' }), 'version must be a whole number from 0'],
    ['no position', message({ position: 'end' }), 'position must be decimal'],
  ])('names the fault of one with %s', (_what, given, fault) => {
    expect(readAtpMessage(given)).toEqual({ fault });
  });
});
