import { TOPICS } from '@holdfast/contracts';
import type { DataSource } from 'typeorm';
import { DeadLetters } from '../src/dead-letters/dead-letters.js';
import { anyId, eventually, IngestionUnderTest } from './ingestion.js';
import { level, onTopic, receipt } from './messages.js';

interface Letter {
  readonly id: string;
  readonly value: string;
  readonly reason: { readonly code: string };
  readonly replayedAt: string | null;
  readonly fix: object | null;
}

describe('dead letters', () => {
  let ingestion: IngestionUnderTest;
  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start();
    await ingestion.connect();
  });
  afterAll(() => ingestion.stop());

  const letters = async (tenant: string, status = 'open') =>
    (await ingestion.call('GET', `/v1/erp/dead-letters?limit=100&status=${status}`, undefined, { tenant })).body[
      'deadLetters'
    ] as readonly Letter[];
  const replay = (body: object, tenant: string) => ingestion.call('POST', '/v1/erp/dead-letters/replay', body, { tenant });
  /** A tenant of its own with so many dead letters. */
  const tenantWith = async (tenant: string, ...values: readonly string[]): Promise<readonly Letter[]> => {
    await ingestion.connect('sap', {}, tenant);
    await ingestion.runtime.bus.publish(
      TOPICS.erpStock.name,
      values.map((value) => ({ key: `${tenant}|TEE`, value })),
    );
    await eventually(async () => expect(await letters(tenant)).toHaveLength(values.length));
    return letters(tenant);
  };
  const of = (tenant: string, connectionId: string, messageId = 'm1', sku = 'TEE'): string =>
    onTopic(tenant, level(messageId, { connectionId, sku })).value;

  it('are applied after a fix of a field, and kept, marked as replayed', async () => {
    const [letter] = await tenantWith('fixed', of('fixed', 'spa'));
    expect(letter).toMatchObject({ reason: { code: 'unknown_connection' }, replayedAt: null });
    const answer = await replay({ ids: [letter?.id], fix: { connectionId: 'sap' } }, 'fixed');
    expect(answer).toMatchObject({ status: 202, body: { replayed: [letter?.id], failed: [], open: 0 } });
    await eventually(async () => expect(await ingestion.onHand('TEE', 'MAIN', 'fixed')).toBe(10));
    expect(await letters('fixed')).toEqual([]);
    expect(await letters('fixed', 'replayed')).toMatchObject([
      { id: letter?.id, fix: { connectionId: 'sap' }, replayedAt: expect.any(String) as unknown },
    ]);
  });

  it('are applied as they are once what they need exists', async () => {
    await tenantWith('mended', of('mended', 'new-erp'), of('mended', 'new-erp', 'm2', 'CAP'));
    await ingestion.connect('new-erp', {}, 'mended');
    expect(await replay({ all: true }, 'mended')).toMatchObject({ status: 202, body: { failed: [], open: 0 } });
    // One after the other in either order: only messages of the same SKU wait for each other.
    for (const sku of ['CAP', 'TEE']) await eventually(async () => expect(await ingestion.onHand(sku, 'MAIN', 'mended')).toBe(10));
  });

  it('replayed twice, take effect once', async () => {
    const [letter] = await tenantWith('doubled', onTopic('doubled', receipt('m1', { connectionId: 'spa', quantity: 3 })).value);
    const wish = { ids: [letter?.id], fix: { connectionId: 'sap' } };
    const before = await ingestion.counted('duplicate');
    await Promise.all([replay(wish, 'doubled'), replay(wish, 'doubled')]);
    await eventually(async () => expect(await ingestion.counted('duplicate')).toBe(before + 1));
    expect(await ingestion.onHand('TEE', 'MAIN', 'doubled')).toBe(3);
  });

  it('that would fail again stay open, with what is still wrong', async () => {
    await tenantWith('stubborn', of('stubborn', 'spa'), 'no JSON');
    const answer = await replay({ all: true }, 'stubborn');
    expect(answer.body).toMatchObject({ replayed: [], open: 2 });
    const codes = (answer.body['failed'] as readonly { code: string }[]).map(({ code }) => code);
    expect(codes.sort()).toEqual(['unknown_connection', 'unknown_message_type']);
  });

  it('that were no JSON can be replaced by a whole message', async () => {
    const [letter] = await tenantWith('replaced', 'no JSON');
    await replay({ ids: [letter?.id], fix: level('m1', { quantity: 8 }) }, 'replaced');
    await eventually(async () => expect(await ingestion.onHand('TEE', 'MAIN', 'replaced')).toBe(8));
  });

  it('never reach the stock of another tenant, nor are they seen by it', async () => {
    const [letter] = await tenantWith('owner', of('owner', 'spa'));
    await ingestion.connect('sap', {}, 'thief');
    expect(await letters('thief')).toEqual([]);
    expect(await replay({ ids: [letter?.id] }, 'thief')).toMatchObject({ status: 404, body: { code: 'unknown_dead_letter' } });
    const answer = await replay({ ids: [letter?.id], fix: { connectionId: 'sap', tenant: 'thief' } }, 'owner');
    expect(answer.body).toMatchObject({ replayed: [], failed: [{ code: 'schema_violation' }] });
  });

  it('are forgotten 90 days after their replay, and after a year without one', async () => {
    const given = await tenantWith('old', 'no JSON 1', 'no JSON 2', 'no JSON 3', 'no JSON 4');
    const { pool } = ingestion.runtime.database;
    const age = (letter: Letter | undefined, received: number, replayed: number | null) =>
      pool.query(
        'UPDATE ingestion.dead_letters SET received_at = now() - make_interval(days => $2), replayed_at = now() - make_interval(days => $3) WHERE id = $1',
        [letter?.id, received, replayed],
      );
    await age(given[0], 100, 89);
    await age(given[1], 100, 91);
    await age(given[2], 364, null);
    await age(given[3], 366, null);
    await new DeadLetters(pool, {} as DataSource).forgetOlderThan({ replayedDays: 90, openDays: 365 });
    expect((await letters('old', 'all')).map(({ id }) => id).sort()).toEqual([given[0]?.id, given[2]?.id].sort());
  });

  it.each([
    ['nothing', {}],
    ['both', { ids: [anyId()], all: true }],
    ['no ids', { ids: [] }],
    ['ids that are none', { ids: ['x'] }],
    ['a fix that is no object', { all: true, fix: 'connectionId' }],
    ['unknown fields', { all: true, tenant: 'other' }],
  ])('are not replayed on a wish that gives %s', async (_, body) =>
    expect(await replay(body, 'acme')).toMatchObject({ status: 400, body: { code: 'validation_failed' } }),
  );
});
