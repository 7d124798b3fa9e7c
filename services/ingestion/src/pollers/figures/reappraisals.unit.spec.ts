import { cloudEvent, STREAMS } from '@holdfast/contracts';
import type { SkuEvent } from '@holdfast/inventory';
import { Reappraisals, reappraisalsOf } from './reappraisals.js';
import type { NotedReappraisal } from './figure-table.js';

const NOON = Date.parse('2026-03-02T12:00:00Z');

/** With the version in its type, as the projection publishes it. */
const message = (type: SkuEvent['type'], event: object): string => stored(STREAMS.stock.newestType(type), event);

const stored = (type: string, event: object, stream = 'stock-acme.TEE'): string =>
  JSON.stringify(
    cloudEvent({
      id: 'e1',
      source: 'test',
      type: `holdfast.stock.${type}`,
      subject: 'TEE',
      at: NOON,
      tenant: 'acme',
      data: { stream, revision: 1, position: '1', event },
    }),
  );
const at = { tenant: 'acme', sku: 'TEE', locationId: 'BER' };

describe('what an event of the topic means for equal figures', () => {
  it('is the time of a posting, and the lag after a commit', () => {
    const issued = { locationId: 'BER', quantity: 1, effectiveAt: NOON - 5, reassigned: [{ locationId: 'HAM', quantity: 1 }] };
    expect(reappraisalsOf(message('StockIssued', issued))).toEqual([
      { ...at, presumes: false, time: NOON - 5 },
      { ...at, locationId: 'HAM', presumes: false, time: NOON },
    ]);
    const committed = { takes: [{ locationId: 'BER', quantity: 1 }] };
    expect(reappraisalsOf(message('ReservationCommitted', committed))).toEqual([{ ...at, presumes: true, time: NOON }]);
  });

  it('is nothing for a level of a poller, but something for one that was refused, and for one of somebody else', () => {
    const level = (messageId: string) => ({
      locationId: 'BER',
      connectionId: 'sap',
      messageId,
      figure: 1,
      asOf: NOON,
      delta: 0,
      lastAsOf: NOON + 7,
    });
    expect(reappraisalsOf(message('LevelReported', level('poll-1')))).toEqual([]);
    expect(reappraisalsOf(message('LevelRefused', level('poll-1')))).toEqual([{ ...at, presumes: false, time: NOON + 8 }]);
    expect(reappraisalsOf(message('LevelReported', level('m1')))).toEqual([{ ...at, presumes: false, time: NOON }]);
    expect(reappraisalsOf(message('LevelRefused', level('m1')))).toEqual([]);
  });

  it.each([
    ['a reservation, which moves nothing', message('ReservationPlaced', { takes: [{ locationId: 'BER', quantity: 1 }] })],
    ['an event of another kind of stream', stored('LocationRegistered.v1', { locationId: 'BER' }, 'locations-acme')],
    ['no JSON', '{'],
    ['no message', null],
  ])('is nothing for %s', (_, value) => expect(reappraisalsOf(value)).toEqual([]));

  it('waits for a process that can read an event of a later version', () =>
    expect(() => reappraisalsOf(stored('StockAdjusted.v99', { locationId: 'BER' }))).toThrow('cannot be read'));

  it('is not asked for where no connection is polled', async () => {
    const noted: NotedReappraisal[] = [];
    const table = (used: boolean) => ({
      isUsed: () => Promise.resolve(used),
      reappraise: (more: readonly NotedReappraisal[]) => {
        noted.push(...more);
        return Promise.resolve();
      },
    });
    const messages = [{ value: message('StockAdjusted', { locationId: 'BER', delta: 1, effectiveAt: NOON }) }];
    await new Reappraisals(table(false)).take(messages);
    expect(noted).toEqual([]);
    await new Reappraisals(table(true)).take(messages);
    expect(noted).toEqual([
      { ...at, presumes: false, time: NOON },
      { ...at, presumes: true, time: NOON },
    ]);
  });
});
