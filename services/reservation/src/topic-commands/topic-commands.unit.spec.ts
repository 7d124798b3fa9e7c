import { EventStoreUnavailable } from '@holdfast/event-store';
import { LedgerBusy } from '@holdfast/ledger';
import { BusUnavailable } from '@holdfast/messaging';
import { Problem } from '@holdfast/platform';
import { commandHarness } from '../../test/command-harness.js';

const short = new Problem(409, 'insufficient_stock', 'Not enough stock of TEE');

describe('the commands of the topic', () => {
  it('has a result on its topic before the batch counts as done', async () => {
    const harness = commandHarness();
    await harness.take(['a', 'one']);
    expect(harness.published).toMatchObject([{ key: 'a', data: { outcome: 'done', command: { id: 'one' } } }]);
  });

  it('answers a repeat by the first result, without asking anybody', async () => {
    const harness = commandHarness();
    await harness.take(['a', 'one']);
    harness.fails('one', short);
    await harness.take(['a', 'one']);
    expect(harness.carriedOut).toEqual(['one']);
    expect(harness.texts[1]).toBe(harness.texts[0]);
  });

  it('serves the same command once, though it came under two keys at once', async () => {
    const harness = commandHarness();
    await harness.take(['a', 'one'], ['b', 'one']);
    expect(harness.carriedOut).toEqual(['one']);
    expect(harness.published.map(({ key }) => key).sort()).toEqual(['a', 'b']);
  });

  it('remembers a refusal as it does a success', async () => {
    const harness = commandHarness();
    harness.fails('one', short);
    await harness.take(['a', 'one']);
    harness.works('one');
    await harness.take(['a', 'one']);
    expect(harness.published.map(({ data }) => data.error?.code)).toEqual(['insufficient_stock', 'insufficient_stock']);
  });

  it.each([
    ['a full queue', new LedgerBusy({ tenant: 'acme', sku: 'TEE' }, 1)],
    ['an event store that is away', new EventStoreUnavailable('away')],
    ['a database that is away', Object.assign(new Error('no'), { code: 'ECONNREFUSED' })],
  ])('waits for %s as long as it takes, while other keys go on', async (_, fault) => {
    const harness = commandHarness();
    for (let times = 0; times < 20; times += 1) harness.fails('slow', fault, 1);
    await harness.take(['a', 'slow'], ['a', 'after it'], ['b', 'quick']);
    expect(harness.published.map(({ data }) => data.command.id)).toEqual(['quick', 'slow', 'after it']);
    expect(harness.published.every(({ data }) => data.outcome === 'done')).toBe(true);
  });

  it('publishes again until the bus takes it', async () => {
    const harness = commandHarness();
    harness.busFails(3, new BusUnavailable('away'));
    await harness.take(['a', 'one']);
    expect([harness.carriedOut, harness.published.length]).toEqual([['one'], 1]);
  });

  it('gives the batch back when it is closed while a fault lasts, and carries on where it stood', async () => {
    const harness = commandHarness();
    harness.fails('one', new LedgerBusy({ tenant: 'acme', sku: 'TEE' }, 1));
    const taken = harness.take(['a', 'one'], ['b', 'two']);
    await harness.untilPublished(1);
    harness.topicCommands.close();
    await expect(taken).rejects.toMatchObject({ transient: true });
    const next = commandHarness(harness.memory);
    await next.take(['a', 'one'], ['b', 'two']);
    expect(next.carriedOut).toEqual(['one']);
    expect(next.published.map(({ data }) => data.outcome)).toEqual(['done', 'done']);
  });

  it('tells of a fault that nobody foresaw, keeps the command as a dead letter, and takes it again once mended', async () => {
    const harness = commandHarness();
    harness.fails('one', new TypeError('undefined is not a function'));
    await harness.take(['a', 'one'], ['a', 'two']);
    expect(harness.published.map(({ data }) => [data.command.id, data.outcome, data.error?.code])).toEqual([
      ['one', 'failed', 'internal_error'],
      ['two', 'done', undefined],
    ]);
    expect(harness.rejected).toEqual([{ code: 'handler_failed', message: 'TypeError: undefined is not a function' }]);
    expect(JSON.stringify(harness.texts)).not.toContain('undefined is not');
    harness.works('one');
    await harness.take(['a', 'one']);
    expect(harness.published[2]?.data.outcome).toBe('done');
  });

  it('lets go of a hold where another process had refused the same command first', async () => {
    const harness = commandHarness();
    const elsewhere = commandHarness(harness.memory);
    elsewhere.fails('one', short);
    harness.whileCarryingOut('one', () => elsewhere.take(['a', 'one']));
    await harness.take(['a', 'one']);
    expect(harness.withdrawn).toEqual(['one']);
    expect(harness.texts).toEqual(elsewhere.texts);
  });
});
