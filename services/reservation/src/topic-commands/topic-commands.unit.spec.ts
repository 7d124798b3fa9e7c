import { EventStoreUnavailable } from '@holdfast/event-store';
import { LedgerBusy } from '@holdfast/ledger';
import { BusUnavailable } from '@holdfast/messaging';
import { Problem } from '@holdfast/platform';
import { doorway } from '../../test/doorway.js';

const short = new Problem(409, 'insufficient_stock', 'Not enough stock of TEE');

describe('the asynchronous door', () => {
  it('has a result on its topic before the batch counts as done', async () => {
    const door = doorway();
    await door.take(['a', 'one']);
    expect(door.published).toMatchObject([{ key: 'a', data: { outcome: 'done', command: { id: 'one' } } }]);
  });

  it('answers a repeat by the first result, without asking anybody', async () => {
    const door = doorway();
    await door.take(['a', 'one']);
    door.fails('one', short);
    await door.take(['a', 'one']);
    expect(door.carriedOut).toEqual(['one']);
    expect(door.texts[1]).toBe(door.texts[0]);
  });

  it('serves the same command once, though it came under two keys at once', async () => {
    const door = doorway();
    await door.take(['a', 'one'], ['b', 'one']);
    expect(door.carriedOut).toEqual(['one']);
    expect(door.published.map(({ key }) => key).sort()).toEqual(['a', 'b']);
  });

  it('remembers a refusal as it does a success', async () => {
    const door = doorway();
    door.fails('one', short);
    await door.take(['a', 'one']);
    door.works('one');
    await door.take(['a', 'one']);
    expect(door.published.map(({ data }) => data.error?.code)).toEqual(['insufficient_stock', 'insufficient_stock']);
  });

  it.each([
    ['a full queue', new LedgerBusy({ tenant: 'acme', sku: 'TEE' }, 1)],
    ['an event store that is away', new EventStoreUnavailable('away')],
    ['a database that is away', Object.assign(new Error('no'), { code: 'ECONNREFUSED' })],
  ])('waits for %s as long as it takes, while other keys go on', async (_, fault) => {
    const door = doorway();
    for (let times = 0; times < 20; times += 1) door.fails('slow', fault, 1);
    await door.take(['a', 'slow'], ['a', 'after it'], ['b', 'quick']);
    expect(door.published.map(({ data }) => data.command.id)).toEqual(['quick', 'slow', 'after it']);
    expect(door.published.every(({ data }) => data.outcome === 'done')).toBe(true);
  });

  it('publishes again until the bus takes it', async () => {
    const door = doorway();
    door.busFails(3, new BusUnavailable('away'));
    await door.take(['a', 'one']);
    expect([door.carriedOut, door.published.length]).toEqual([['one'], 1]);
  });

  it('gives the batch back when it is closed while a fault lasts, and carries on where it stood', async () => {
    const door = doorway();
    door.fails('one', new LedgerBusy({ tenant: 'acme', sku: 'TEE' }, 1));
    const taken = door.take(['a', 'one'], ['b', 'two']);
    await door.untilPublished(1);
    door.door.close();
    await expect(taken).rejects.toMatchObject({ transient: true });
    const next = doorway(door.memory);
    await next.take(['a', 'one'], ['b', 'two']);
    expect(next.carriedOut).toEqual(['one']);
    expect(next.published.map(({ data }) => data.outcome)).toEqual(['done', 'done']);
  });

  it('tells of a fault that nobody foresaw, keeps the command as a dead letter, and takes it again once mended', async () => {
    const door = doorway();
    door.fails('one', new TypeError('undefined is not a function'));
    await door.take(['a', 'one'], ['a', 'two']);
    expect(door.published.map(({ data }) => [data.command.id, data.outcome, data.error?.code])).toEqual([
      ['one', 'failed', 'internal_error'],
      ['two', 'done', undefined],
    ]);
    expect(door.rejected).toEqual([{ code: 'handler_failed', message: 'TypeError: undefined is not a function' }]);
    expect(JSON.stringify(door.texts)).not.toContain('undefined is not');
    door.works('one');
    await door.take(['a', 'one']);
    expect(door.published[2]?.data.outcome).toBe('done');
  });

  it('lets go of a hold where another process had refused the same command first', async () => {
    const door = doorway();
    const elsewhere = doorway(door.memory);
    elsewhere.fails('one', short);
    door.whileCarryingOut('one', () => elsewhere.take(['a', 'one']));
    await door.take(['a', 'one']);
    expect(door.withdrawn).toEqual(['one']);
    expect(door.texts).toEqual(elsewhere.texts);
  });
});
