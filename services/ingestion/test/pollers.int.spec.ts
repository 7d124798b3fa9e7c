import { startLinxSimulator, startSapSimulator, startTotvsSimulator, type SapSimulator } from '@holdfast/sandbox';
import { cloudEvent, STREAMS, TOPICS } from '@holdfast/contracts';
import { readModelSchema } from '@holdfast/read-model';
import { FigureTable } from '../src/pollers/figures/figure-table.js';
import { Readings } from '../src/pollers/runs/readings.js';
import { Silence } from '../src/pollers/runs/silence.js';
import { eventually, IngestionUnderTest, type Answer } from './ingestion.js';

const KEY = 'a-secret-key-of-the-tests-0123456789';
const A = '1010/101A';
const B = '1010/101B';

interface Run {
  readonly id: string;
  readonly status: string;
  readonly rowsRead: number;
  readonly changed: number;
  readonly refused: number;
  readonly parked: number;
  readonly skewMs: number | null;
  readonly error: string | null;
  readonly refusals: readonly object[];
}

describe('polling an ERP', () => {
  let ingestion: IngestionUnderTest;
  let sap: SapSimulator;

  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start({
      environment: { HOLDFAST_SECRET_KEY: KEY, HOLDFAST_WEBHOOK_PRIVATE: '1' },
    });
    sap = await startSapSimulator();
  });
  beforeEach(() => {
    sap.company.clear();
    sap.faults.clear();
  });
  afterAll(async () => {
    await sap.close();
    await ingestion.stop();
  });

  /** A connection that polls only when it is told to. */
  const connect = async (id: string, given: object = {}, settings: object = {}): Promise<Answer> => {
    const { system, poller } = sap.connection;
    const answer = await ingestion.call('PUT', `/v1/erp/connections/${id}`, {
      name: id,
      system,
      mappings: [{ warehouseId: A, locationId: 'MAIN' }],
      poller: { ...poller, enabled: false, settings: { ...poller.settings, ...settings } },
      ...given,
    });
    expect(answer.status).toBe(200);
    return answer;
  };
  const runs = async (id: string): Promise<readonly Run[]> =>
    (await ingestion.call('GET', `/v1/erp/connections/${id}/runs`)).body['runs'] as readonly Run[];
  const poll = async (id: string): Promise<Run> => {
    const answer = await ingestion.call('POST', `/v1/erp/connections/${id}/poll`);
    expect(answer.status).toBe(202);
    return ended(id, String(answer.body['runId']));
  };
  const ended = async (id: string, runId: string): Promise<Run> => {
    let found: Run | undefined;
    await eventually(async () => {
      found = (await runs(id)).find((run) => run.id === runId);
      expect(found?.status).not.toBe('running');
    });
    if (found === undefined) throw new Error('no run');
    return found;
  };
  const set = (sku: string, quantity: string, warehouse = A): void => sap.company.set({ sku, warehouse }, { quantity });
  const shows = (sku: string, units: number, location = 'MAIN'): Promise<void> =>
    eventually(async () => expect(await ingestion.onHand(sku, location)).toBe(units));

  /** Units are taken off here, and their event is published as the projection would, which is not started. */
  const damaged = async (sku: string, units: number, locationId = 'MAIN'): Promise<void> => {
    const adjusted = await ingestion.call('POST', '/api/inventory/adjust', { sku, locationId, delta: -units, reasonCode: 'damage' });
    const event = (await ingestion.events(sku)).find(({ type }) => type === 'StockAdjusted');
    expect([adjusted.status, event?.type]).toEqual([200, 'StockAdjusted']);
    const { type: _, ...data } = event ?? { type: '' };
    const message = cloudEvent({
      id: `damage ${sku}`,
      source: 'test',
      type: `holdfast.stock.${STREAMS.stock.newestType('StockAdjusted')}`,
      subject: sku,
      at: Date.now(),
      tenant: 'acme',
      data: { stream: `stock-acme.${sku}`, revision: 9, position: '9', event: data },
    });
    await ingestion.runtime.bus.publish(TOPICS.stockEvents.name, [{ key: `acme|${sku}`, value: JSON.stringify(message) }]);
  };

  it('publishes what it reads once, and nothing where nothing changed', async () => {
    await connect('plain');
    for (let index = 0; index < 30; index += 1) set(`P-${String(index)}`, String(index));
    expect(await poll('plain')).toMatchObject({ status: 'done', rowsRead: 30, changed: 30, refused: 0, parked: 0, error: null });
    await shows('P-29', 29);
    expect(await poll('plain')).toMatchObject({ status: 'done', rowsRead: 30, changed: 0 });
    set('P-3', '77');
    expect(await poll('plain')).toMatchObject({ rowsRead: 30, changed: 1 });
    await shows('P-3', 77);
    expect((await ingestion.events('P-4')).filter(({ type }) => type === 'LevelReported')).toHaveLength(1);
  });

  it('publishes an equal figure again where stock moved in between, and only that one', async () => {
    await connect('moved');
    set('MV-1', '10');
    set('MV-2', '10');
    await poll('moved');
    await shows('MV-1', 10);
    await damaged('MV-1', 4);
    await eventually(async () => {
      await poll('moved');
      expect(await ingestion.onHand('MV-1')).toBe(10);
    });
    expect((await ingestion.events('MV-2')).filter(({ type }) => type === 'LevelReported')).toHaveLength(1);
    expect(await poll('moved')).toMatchObject({ changed: 0 });
  });

  it("takes figures as of the ERP's time, and shows how far its clock is off", async () => {
    await connect('skewed');
    set('SK-1', '5');
    sap.setSkew(180_000);
    const { skewMs } = await poll('skewed');
    sap.setSkew(0);
    expect(skewMs).toBeGreaterThan(175_000);
    expect(skewMs).toBeLessThan(185_000);
    await shows('SK-1', 5);
    const level = (await ingestion.events('SK-1')).find(({ type }) => type === 'LevelReported');
    expect(Math.abs(Number(level?.['asOf']) - Date.now() - 180_000)).toBeLessThan(60_000);
    const clock = { name: 'clock', ok: true };
    expect((await ingestion.call('POST', '/v1/erp/connections/skewed/test')).body['checks']).toContainEqual(expect.objectContaining(clock));
  });

  it('lets figures of a warehouse wait until it is mapped, and publishes them again where it is mapped to another', async () => {
    await connect('parked');
    set('PK-1', '5', B);
    expect(await poll('parked')).toMatchObject({ changed: 1, parked: 1 });
    expect(await poll('parked')).toMatchObject({ changed: 0, parked: 0 });
    expect((await ingestion.call('GET', '/v1/erp/connections/parked/warehouses')).body).toEqual({
      warehouses: [{ warehouseId: B, name: null, locationId: null }],
    });
    const map = async (locationId: string) =>
      ingestion.call('PUT', '/v1/erp/warehouse-mappings', { connectionId: 'parked', mappings: [{ warehouseId: B, locationId }] });
    await map('MAIN');
    await shows('PK-1', 5);
    await ingestion.call('POST', '/api/locations', { locationId: 'WEST', name: 'West', kind: 'warehouse' });
    expect((await map('WEST')).status).toBe(200);
    expect(await poll('parked')).toMatchObject({ changed: 1, parked: 0 });
    await shows('PK-1', 5, 'WEST');
  });

  it('shows rows that it refuses, and counts boxes once', async () => {
    await connect('units', {}, { units: [{ unit: 'BOX', units: '12' }] });
    set('UN-1', '1.5');
    sap.company.set({ sku: 'UN-2', warehouse: A }, { quantity: '5', unit: 'BOX' });
    const run = await poll('units');
    expect(run).toMatchObject({ rowsRead: 2, changed: 1, refused: 1 });
    expect(run.refusals).toMatchObject([{ row: `UN-1 in ${A}`, field: 'quantity' }]);
    await shows('UN-2', 60);
  });

  it('goes on from the page that failed', async () => {
    await connect('paged', {}, { pageSize: 4, concurrency: 1 });
    for (let index = 0; index < 20; index += 1) set(`PG-${String(index).padStart(2, '0')}`, '1');
    sap.faults.next({ kind: 'slow_answer', ms: 1 }, 2);
    sap.faults.next({ kind: 'server_error', status: 503 }, 2);
    expect(await poll('paged')).toMatchObject({ status: 'done', rowsRead: 20, changed: 20 });
  });

  it('goes on with a run that another process left, from the page where it stood', async () => {
    await connect('left');
    for (const index of [1, 2, 3, 4]) set(`LF-${String(index)}`, '1');
    const { pool } = ingestion.runtime.database;
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO ingestion.poll_runs (tenant, connection_id, id, cursor, pages, rows_read) VALUES ('acme', 'left', gen_random_uuid(), 'LF-3', 1, 2)
       RETURNING id::text AS id`,
    );
    expect(await ended('left', rows[0]?.id ?? '')).toMatchObject({ status: 'done', rowsRead: 4, changed: 2 });
    expect(await ingestion.onHand('LF-1')).toBeUndefined();
  });

  it('fails a run in the end, says why, and reads again when the ERP is back', async () => {
    await connect('down');
    set('DN-1', '3');
    sap.faults.credentialsRevoked = true;
    expect(await poll('down')).toMatchObject({ status: 'failed', error: expect.stringMatching(/^401/) as string });
    expect((await ingestion.call('GET', '/v1/erp/connections/down')).body['poller']).toMatchObject({
      status: 'disabled',
      error: expect.stringMatching(/401/) as string,
    });
    expect((await ingestion.call('POST', '/v1/erp/connections/down/test')).body).toMatchObject({
      checks: [
        { name: 'reachable', ok: true },
        { name: 'credentials', ok: false },
        { name: 'stock', ok: false },
        { name: 'clock', ok: false },
      ],
    });
    sap.faults.credentialsRevoked = false;
    expect(await poll('down')).toMatchObject({ status: 'done', changed: 1 });
  });

  it('tells zero only after two complete scans without the row', async () => {
    await connect('absent', {}, { absent: 'zero' });
    set('AB-1', '3');
    set('AB-2', '4');
    await poll('absent');
    await shows('AB-1', 3);
    sap.company.remove({ sku: 'AB-1', warehouse: A });
    expect(await poll('absent')).toMatchObject({ changed: 0 });
    set('AB-1', '3');
    expect(await poll('absent')).toMatchObject({ changed: 0 });
    sap.company.remove({ sku: 'AB-1', warehouse: A });
    expect(await poll('absent')).toMatchObject({ changed: 0 });
    await poll('absent');
    await shows('AB-1', 0);
    await shows('AB-2', 4);
    const { pool } = ingestion.runtime.database;
    await pool.query(`INSERT INTO ingestion.poll_seen (run_id, warehouse_id, sku) VALUES (gen_random_uuid(), 'of a run that failed', 'X')`);
    await new FigureTable(pool).forgetOlderThan(30);
    expect((await pool.query('SELECT 1 FROM ingestion.poll_seen')).rowCount).toBe(0);
  });

  it('notes sales of a SKU that count from the same second on as one', async () => {
    await connect('lagging', { postingLagMs: 60_000 });
    const { pool } = ingestion.runtime.database;
    const second = Date.parse('2026-07-01T12:00:00Z');
    const sale = { tenant: 'acme', locationId: 'MAIN', sku: 'LG-1', presumes: true };
    await new FigureTable(pool).reappraise([1, 2, 3].map((ms) => ({ ...sale, time: second + ms })));
    const { rows } = await pool.query(`SELECT due::float8 AS due FROM ingestion.poll_reappraisals WHERE sku = 'LG-1'`);
    expect(rows).toEqual([{ due: second + 61_000 }]);
  });

  it('polls by itself at its interval, one run at a time', async () => {
    const { poller } = sap.connection;
    set('SC-1', '8');
    await connect('scheduled', { poller: { ...poller, intervalSeconds: 5 } });
    await eventually(async () => expect((await runs('scheduled')).filter(({ status }) => status === 'done').length).toBeGreaterThan(1));
    await shows('SC-1', 8);
    await connect('scheduled');
    expect((await ingestion.call('GET', '/v1/erp/connections/scheduled')).body['poller']).toMatchObject({ enabled: false, nextAt: null });
  });

  it('tells once that a connection is silent, and once that it is read again', async () => {
    const { poller } = sap.connection;
    const told: unknown[] = [];
    const tail = await ingestion.runtime.bus.tail({
      topics: [TOPICS.alerts.name],
      from: 'latest',
      onMessages: (messages) => {
        for (const { value } of messages) told.push((JSON.parse(value ?? '{}') as { readonly data?: unknown }).data);
        return Promise.resolve();
      },
    });
    const silence = new Silence(ingestion.runtime.database.pool, ingestion.runtime.bus, Date.now, 1);
    set('SL-1', '1');
    await connect('silent', { poller: { ...poller, intervalSeconds: 3_600 } });
    await poll('silent');
    await silence.look();
    expect(told).toEqual([]);
    const { pool } = ingestion.runtime.database;
    await pool.query(`UPDATE ingestion.pollers SET read_at = now() - interval '1 day' WHERE connection_id = 'silent'`);
    await silence.look();
    await silence.look();
    await poll('silent');
    await silence.look();
    await eventually(() => {
      expect(told).toMatchObject([
        { kind: 'erp_silent', connectionId: 'silent' },
        { kind: 'erp_recovered', connectionId: 'silent' },
      ]);
      return Promise.resolve();
    });
    await tail.stop();
    await connect('silent');
  });

  it('tells the topic how far a connection was read, of which locations, and that it is not polled any more', async () => {
    const told = new Map<string, unknown>();
    const tail = await ingestion.runtime.bus.tail({
      topics: [TOPICS.erpReadings.name],
      from: 'latest',
      onMessages: (messages) => {
        for (const { key, value } of messages) told.set(key, value === null ? null : (JSON.parse(value) as { data: unknown }).data);
        return Promise.resolve();
      },
    });
    // The service looks every two seconds; here it is told when.
    const look = () => new Readings(ingestion.runtime.database.pool, ingestion.runtime.bus, Date.now).look();
    const shown = (reading: unknown): Promise<void> =>
      eventually(async () => {
        await look();
        expect(told.get('acme|read')).toEqual(reading);
      });
    const { poller } = sap.connection;
    set('RD-1', '1');
    await connect('read', { poller: { ...poller, enabled: false, intervalSeconds: 600 } });
    const known = { connectionId: 'read', locationIds: ['MAIN'], staleAfterSeconds: 1_800 };
    await shown(known);
    const began = Date.now();
    await poll('read');
    await shown({ ...known, asOf: expect.stringMatching(/^\d{4}-.*Z$/) as unknown });
    const { asOf } = told.get('acme|read') as { readonly asOf: string };
    // By the clock of the ERP, which tells whole seconds.
    expect(Date.parse(asOf)).toBeGreaterThan(began - 5_000);
    expect(Date.parse(asOf)).toBeLessThan(Date.now() + 5_000);
    await connect('read', { poller: null });
    await shown(null);
    told.clear();
    await look();
    await tail.stop();
    expect(told.has('acme|read')).toBe(false);
  });

  it.each([
    ['totvs-protheus', startTotvsSimulator, '01'],
    ['linx-microvix', startLinxSimulator, '12345678000195'],
  ] as const)('reads %s as well', async (id, start, warehouseId) => {
    const erp = await start();
    try {
      const { system, poller } = erp.connection;
      const sku = `${id}-1`;
      erp.company.set({ sku, warehouse: warehouseId }, { quantity: '12' });
      const mappings = [{ warehouseId, locationId: 'MAIN' }];
      const given = { ...poller, enabled: false };
      expect((await ingestion.call('PUT', `/v1/erp/connections/${id}`, { name: id, system, mappings, poller: given })).status).toBe(200);
      expect(await poll(id)).toMatchObject({ status: 'done', changed: 1, refused: 0, error: null });
      await shows(sku, 12);
      expect(await poll(id)).toMatchObject({ status: 'done', changed: 0 });
      expect((await ingestion.call('POST', `/v1/erp/connections/${id}/test`)).body['checks']).toMatchObject(
        ['reachable', 'credentials', 'stock', 'clock'].map((name) => ({ name, ok: true })),
      );
      const { warehouses } = (await ingestion.call('GET', `/v1/erp/connections/${id}/warehouses`)).body;
      expect(warehouses).toContainEqual(expect.objectContaining({ warehouseId, locationId: 'MAIN' }));
      erp.faults.credentialsRevoked = true;
      expect(await poll(id)).toMatchObject({ status: 'failed' });
      const said = JSON.stringify((await ingestion.call('GET', `/v1/erp/connections/${id}/runs`)).body);
      for (const secret of [poller.credentials['password'], poller.credentials['key']])
        if (secret !== undefined) expect(said).not.toContain(secret);
      expect(erp.log.violations).toEqual([]);
    } finally {
      await erp.close();
    }
  });

  it('publishes again what stayed as it was at an ERP that tells changes only, where stock moved here or goes to another location', async () => {
    let backMs = 5 * 86_400_000;
    const linx = await startLinxSimulator({ clock: { now: () => Date.now() - backMs, after: () => undefined } });
    try {
      const { system, poller } = linx.connection;
      const [warehouseId, path] = ['12345678000195', '/v1/erp/connections/changes'];
      for (const sku of ['CH-1', 'CH-2']) linx.company.set({ sku, warehouse: warehouseId }, { quantity: '10' });
      backMs = 0;
      const mappings = [{ warehouseId, locationId: 'MAIN' }];
      await ingestion.call('PUT', path, { name: 'changes', system, mappings, poller: { ...poller, enabled: false } });
      expect(await poll('changes')).toMatchObject({ rowsRead: 2, changed: 2 });
      await shows('CH-1', 10);
      expect(await poll('changes')).toMatchObject({ rowsRead: 0, changed: 0 });
      await damaged('CH-1', 4);
      await eventually(async () => {
        const { rows } = await ingestion.runtime.database.pool.query(`SELECT 1 FROM ingestion.poll_reappraisals WHERE sku = 'CH-1'`);
        expect(rows.length).toBeGreaterThan(0);
      });
      // The row that cannot be read may be of any SKU.
      linx.company.set({ sku: 'CH-3', warehouse: warehouseId }, { quantity: '1.5' });
      expect(await poll('changes')).toMatchObject({ rowsRead: 1, changed: 0, refused: 1 });
      linx.company.remove({ sku: 'CH-3', warehouse: warehouseId });
      await eventually(async () => expect(await poll('changes')).toMatchObject({ rowsRead: 0, changed: 1 }));
      await shows('CH-1', 10);
      expect(await poll('changes')).toMatchObject({ changed: 0 });
      expect((await ingestion.events('CH-2')).filter(({ type }) => type === 'LevelReported')).toHaveLength(1);

      await ingestion.call('POST', '/api/locations', { locationId: 'ELSEWHERE', name: 'Elsewhere', kind: 'warehouse' });
      const moved = { connectionId: 'changes', mappings: [{ warehouseId, locationId: 'ELSEWHERE' }] };
      expect((await ingestion.call('PUT', '/v1/erp/warehouse-mappings', moved)).status).toBe(200);
      expect(await poll('changes')).toMatchObject({ rowsRead: 0, changed: 2 });
      await shows('CH-2', 10, 'ELSEWHERE');
    } finally {
      await linx.close();
    }
  });

  it('counts boxes of 12 by the catalogue, once, also from when the catalogue says so', async () => {
    await connect('boxes');
    sap.company.set({ sku: 'BX-1', warehouse: A }, { quantity: '5', unit: 'BOX' });
    expect(await poll('boxes')).toMatchObject({ changed: 1 });
    await shows('BX-1', 5);
    await ingestion.runtime.database.open(readModelSchema());
    await ingestion.runtime.database.pool.query(
      `INSERT INTO read_model.products (tenant, sku, verified, units, position, created_at, updated_at)
       VALUES ('acme', 'BX-1', true, '[{"unit": "BOX", "units": "12"}]', 1, now(), now())`,
    );
    expect(await poll('boxes')).toMatchObject({ changed: 1 });
    await shows('BX-1', 60);
    expect(await poll('boxes')).toMatchObject({ changed: 0 });
  });

  it('never answers credentials, keeps those that are left out, and takes the poller away', async () => {
    const put = (poller: unknown) => ingestion.call('PUT', '/v1/erp/connections/kept', { name: 'kept', system: 'sap-s4hana', poller });
    const { poller } = sap.connection;
    set('KP-1', '1');
    expect((await put({ ...poller, enabled: false })).status).toBe(200);
    const again = await put({ intervalSeconds: 30, settings: poller.settings, enabled: false });
    expect(again.body['poller']).toMatchObject({ intervalSeconds: 30, enabled: false, settings: poller.settings });
    expect(JSON.stringify(again.body)).not.toContain(poller.credentials['password']);
    const { rows } = await ingestion.runtime.database.pool.query(`SELECT * FROM ingestion.pollers WHERE connection_id = 'kept'`);
    for (const secret of Object.values(poller.credentials)) expect(JSON.stringify(rows)).not.toContain(secret);
    expect(await poll('kept')).toMatchObject({ status: 'done' });
    expect((await put(null)).body['poller']).toBeNull();
    expect((await ingestion.call('POST', '/v1/erp/connections/kept/poll')).body).toMatchObject({ code: 'not_polled' });
  });

  it.each([
    ['another system', { system: 'custom' }, {}, 'poller'],
    ['no address', {}, { settings: {} }, 'poller.settings.baseUrl'],
    ['an address that is none', {}, { settings: { baseUrl: 'ftp://x' } }, 'poller.settings.baseUrl'],
    ['an unknown setting', {}, { settings: { baseUrl: 'https://x', plant: '1' } }, 'poller.settings.plant'],
    ['no credentials', {}, { credentials: {} }, 'poller.credentials'],
    ['an interval below five seconds', {}, { intervalSeconds: 4 }, 'poller.intervalSeconds'],
  ])('refuses a poller with %s and names the field', async (_, connection, poller, field) => {
    const answer = await ingestion.call('PUT', '/v1/erp/connections/wrong', {
      name: 'wrong',
      system: 'sap-s4hana',
      ...connection,
      poller: { ...sap.connection.poller, ...poller },
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'validation_failed', details: [{ field }] });
  });

  it('of another tenant is 404 at every door, and nothing of it changes', async () => {
    await connect('foreign');
    const other = { tenant: 'other' };
    const path = '/v1/erp/connections/foreign';
    const facts = async () => [(await ingestion.call('GET', path)).body, await runs('foreign')];
    const before = await facts();
    const doors = [
      ['GET', path],
      ['GET', `${path}/runs`],
      ['POST', `${path}/poll`],
      ['POST', `${path}/test`],
      ['GET', `${path}/warehouses`],
      ['PUT', '/v1/erp/warehouse-mappings', { connectionId: 'foreign', mappings: [{ warehouseId: A, locationId: null }] }],
    ] as const;
    const answers = await Promise.all(doors.map(([method, door, body]) => ingestion.call(method, door, body, other)));
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(doors.map(() => [404, 'unknown_connection']));
    const { poller, system } = sap.connection;
    const calls = sap.log.total;
    const without = { name: 'theirs', system, poller: { ...poller, credentials: {} } };
    expect(await ingestion.call('PUT', path, without, other)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect((await ingestion.call('PUT', path, { name: 'theirs' }, other)).body).toMatchObject({ poller: null, mappings: [] });
    expect((await ingestion.call('POST', `${path}/poll`, undefined, other)).body).toMatchObject({ code: 'not_polled' });
    expect(sap.log.total).toBe(calls);
    expect(await facts()).toEqual(before);
  });

  it('tells each figure once where its credentials are revoked between two pages', async () => {
    let pages = 0;
    const leaving = await startSapSimulator({
      onCall: (operation) => {
        if (operation !== 'readStock') return;
        pages += 1;
        if (pages === 2) leaving.faults.credentialsRevoked = true;
      },
    });
    try {
      const skus = ['RV-1', 'RV-2', 'RV-3', 'RV-4', 'RV-5', 'RV-6', 'RV-7'];
      for (const sku of skus) leaving.company.set({ sku, warehouse: A }, { quantity: '7' });
      const { system, poller } = leaving.connection;
      await connect('revoked', {
        system,
        poller: { ...poller, enabled: false, settings: { ...poller.settings, pageSize: 2, concurrency: 1 } },
      });
      const broken = await poll('revoked');
      expect(broken).toMatchObject({ status: 'failed', error: expect.stringMatching(/^401/) as string });
      expect(broken.changed).toBeGreaterThan(0);
      expect(broken.changed).toBeLessThan(skus.length);
      leaving.faults.credentialsRevoked = false;
      expect(await poll('revoked')).toMatchObject({ status: 'done', rowsRead: skus.length, changed: skus.length - broken.changed });
      for (const sku of skus) {
        await shows(sku, 7);
        expect((await ingestion.events(sku)).filter(({ type }) => type === 'LevelReported')).toHaveLength(1);
      }
    } finally {
      await leaving.close();
    }
  });

  it('knows its connections, permissions and what cannot be read now', async () => {
    expect((await ingestion.call('POST', '/v1/erp/connections/nowhere/poll')).body).toMatchObject({ code: 'unknown_connection' });
    expect((await ingestion.call('POST', '/v1/erp/connections/plain/poll', undefined, { permissions: ['erp.read'] })).status).toBe(403);
    expect((await ingestion.call('GET', '/v1/erp/connections/plain/runs', undefined, { tenant: 'other' })).status).toBe(404);
    const changed = await ingestion.call('PUT', '/v1/erp/connections/plain', { name: 'plain', system: 'custom' });
    expect(changed.body).toMatchObject({ code: 'validation_failed', details: [{ field: 'system' }] });
    sap.faults.next({ kind: 'server_error', status: 503 });
    expect((await ingestion.call('GET', '/v1/erp/connections/plain/warehouses')).body).toMatchObject({ code: 'erp_not_read' });
  });
});
