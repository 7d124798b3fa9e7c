import { IngestionUnderTest } from './ingestion.js';

describe('the catalogue', () => {
  let ingestion: IngestionUnderTest;
  beforeAll(async () => (ingestion = await IngestionUnderTest.start()));
  afterAll(() => ingestion.stop());

  const post = (path: string, body: unknown, options = {}) => ingestion.call('POST', path, body, options);
  const csv = (path: string, text: string | Buffer) => post(path, text, { contentType: 'text/csv' });
  const product = async (sku: string) => (await ingestion.runtime.ledger.read({ tenant: 'acme', sku })).state;

  describe('products', () => {
    it('are created, then changed field by field', async () => {
      const whole = {
        sku: 'P1',
        name: 'Shirt',
        category: 'Tops',
        barcode: '400',
        brandId: 'b1',
        costMinor: 850,
        lowStockThreshold: 3,
        removalDays: 2,
      };
      const created = await post('/api/products', { ...whole, safetyStock: 2 });
      expect(created).toMatchObject({ status: 201, body: { id: 'P1', ...whole, verified: true, safetyStock: 2 } });
      expect(created.position).toMatch(/^\d+$/);
      expect((await product('P1')).balances.get('MAIN')?.safetyStock).toBe(2);

      const changed = await post('/api/products', { sku: 'P1', name: 'T-shirt' });
      expect(changed).toMatchObject({ status: 200, body: { ...whole, name: 'T-shirt' } });
    });

    it('that stock made known before become verified', async () => {
      await post('/api/inventory/record-stock', { sku: 'P2', locationId: 'MAIN', quantity: 4 });
      expect(await post('/api/products', { sku: 'P2', name: 'Cap' })).toMatchObject({ status: 200, body: { verified: true } });
      expect((await product('P2')).balances.get('MAIN')?.onHand).toBe(4);
    });

    it('keep their description where required lots are refused', async () => {
      await post('/api/products', { sku: 'P7', name: 'Milk' });
      await post('/api/inventory/record-stock', { sku: 'P7', locationId: 'MAIN', quantity: 4 });
      const answer = await post('/api/products', { sku: 'P7', name: 'Cream', safetyStock: 1, lotControl: 'required' });
      expect(answer).toMatchObject({ status: 409, body: { code: 'lots_unassigned' } });
      expect((await product('P7')).description).toEqual({ name: 'Milk' });
      expect(await post('/api/products', { sku: 'P8', name: 'Cream', lotControl: 'required', costMinor: null })).toMatchObject({
        status: 201,
        body: { name: 'Cream', lotControl: 'required' },
      });
    });

    it.each([
      ['no SKU', { name: 'x' }, 400, 'validation_failed'],
      ['a negative cost', { sku: 'P3', costMinor: -1 }, 400, 'validation_failed'],
      ['a fraction of a cent', { sku: 'P3', costMinor: 8.5 }, 400, 'validation_failed'],
      ['an unknown field', { sku: 'P3', colour: 'red' }, 400, 'validation_failed'],
      ['a name with NUL', { sku: 'P3', name: 'Shi\0rt' }, 400, 'validation_failed'],
      ['a category with half a character', { sku: 'P3', category: 'T\ud800' }, 400, 'validation_failed'],
      ['a SKU that a spreadsheet changed', { sku: '4.06361E+12' }, 400, 'validation_failed'],
      ['a barcode that a spreadsheet changed', { sku: 'P3', barcode: '4063614512884.0' }, 400, 'validation_failed'],
      ['a SKU that no address can name', { sku: '..' }, 400, 'validation_failed'],
      ['an unknown location', { sku: 'P3', safetyStock: 1, locationId: 'XXX' }, 404, 'unknown_location'],
    ])('are not created with %s', async (_, body, status, code) => {
      expect(await post('/api/products', body)).toMatchObject({ status, body: { code } });
      expect((await product('P3')).known).toBe(false);
    });

    it('come in bulk with a result per line', async () => {
      const answer = await post('/api/products/bulk', {
        products: [{ sku: 'P4' }, { name: 'nameless' }, { sku: 'P5', safetyStock: 1, locationId: 'XXX' }],
      });
      expect(answer).toMatchObject({ status: 200, body: { summary: { lines: 3, ok: 1, failed: 2 } } });
      expect(answer.body['results']).toMatchObject([
        { index: 0, status: 'ok', sku: 'P4' },
        { index: 1, status: 'error', code: 'validation_failed', message: expect.stringContaining('sku') as unknown },
        { index: 2, status: 'error', code: 'unknown_location', sku: 'P5' },
      ]);
    });

    it('come from CSV, first as a trial', async () => {
      const text = 'sku,name,costMinor\nC1,"Shirt, black",850\nC2,Cap,cheap\n';
      const expected = {
        summary: { lines: 2, ok: 1, failed: 1 },
        results: [
          { index: 0, line: 2, status: 'ok', sku: 'C1' },
          { index: 1, line: 3, status: 'error', code: 'validation_failed' },
        ],
      };
      expect(await csv('/api/products/import?dryRun=true', text)).toMatchObject({ status: 200, body: { dryRun: true, ...expected } });
      expect((await product('C1')).known).toBe(false);
      expect(await csv('/api/products/import', text)).toMatchObject({ status: 200, body: { dryRun: false, ...expected } });
      expect((await product('C1')).description).toEqual({ name: 'Shirt, black', costMinor: 850 });
    });

    it('refuse texts that cannot be stored, and numbers that a spreadsheet changed, line by line', async () => {
      const text = 'sku,name,barcode\nC4,Shi\0rt,\n4.06361E+12,Cap,\nC5,Cap,4063614512884.0\nC6,Gro\u0308ße,1\n';
      expect(await csv('/api/products/import', text)).toMatchObject({
        body: {
          results: [
            { line: 2, code: 'validation_failed', message: expect.stringContaining('NUL') as unknown },
            { line: 3, code: 'validation_failed', message: expect.stringContaining('spreadsheet') as unknown },
            { line: 4, code: 'validation_failed', message: expect.stringContaining('spreadsheet') as unknown },
            { line: 5, status: 'ok' },
          ],
        },
      });
      expect((await product('C6')).description).toMatchObject({ name: 'Gr\u00f6ße' });
    });

    it('are not described twice in one file', async () => {
      const twice = { status: 'error', code: 'repeated_line', message: expect.stringMatching(/: line 2, line 5$/) as unknown };
      expect(await csv('/api/products/import', 'sku,name\nC9,"Shirt,\nblack"\nC10,Cap\nC9,Shirt\n')).toMatchObject({
        body: {
          results: [
            { line: 2, ...twice },
            { line: 4, status: 'ok' },
            { line: 5, ...twice },
          ],
        },
      });
      expect((await product('C9')).known).toBe(false);
    });

    it('come from CSV in the encoding that its content type names, and under one key once', async () => {
      const text = Buffer.from('sku;name\nC7;Gr\xf6\xdfe\n', 'latin1');
      expect(await csv('/api/products/import', text)).toMatchObject({ status: 400, body: { code: 'unreadable_encoding' } });
      const options = { contentType: 'text/csv; charset=iso-8859-1', key: 'latin' };
      const first = await post('/api/products/import', text, options);
      expect(first).toMatchObject({ status: 200, body: { summary: { ok: 1 } } });
      expect((await product('C7')).description).toMatchObject({ name: 'Größe' });
      expect(await post('/api/products/import', text, options)).toEqual(first);
      expect(await post('/api/products/import', 'sku\nC8\n', options)).toMatchObject({ status: 422 });
    });

    it('refuse CSV of more than 10,000 lines, however many there are', async () =>
      expect(await csv('/api/products/import', `sku\n${'a\n'.repeat(4_000_000)}`)).toMatchObject({
        status: 400,
        body: { code: 'too_many_lines' },
      }));

    it('refuse CSV that is none, and what is no CSV', async () => {
      expect(await csv('/api/products/import', 'name\nShirt\n')).toMatchObject({ status: 400, body: { code: 'missing_column' } });
      expect(await post('/api/products/import', { sku: 'C3' })).toMatchObject({ status: 400, body: { code: 'malformed_csv' } });
    });

    it('need their permission', async () =>
      expect(await post('/api/products', { sku: 'P9' }, { permissions: ['locations.write'] })).toMatchObject({ status: 403 }));
  });

  describe('locations', () => {
    it('are created, then changed, and are those of their tenant', async () => {
      const created = await post('/api/locations', { locationId: 'BER', name: 'Berlin', kind: 'store', priority: 5 });
      expect(created).toMatchObject({ status: 201, body: { id: 'BER', locationId: 'BER', name: 'Berlin', kind: 'store', priority: 5 } });
      expect(await post('/api/locations', { locationId: 'BER', name: 'Berlin Mitte' })).toMatchObject({
        status: 200,
        body: { priority: 100 },
      });
      const elsewhere = { sku: 'L1', locationId: 'BER', quantity: 1 };
      expect(await post('/api/inventory/record-stock', elsewhere, { tenant: 'other' })).toMatchObject({ status: 404 });
    });

    it('lie somewhere, also from CSV with decimals and leading zeros', async () => {
      const where = { latitude: 52.52, longitude: 13.405, country: 'DE', postalCode: '01067', region: 'east' };
      expect(await post('/api/locations', { locationId: 'DRS', name: 'Dresden', ...where })).toMatchObject({ status: 201, body: where });
      const text = 'locationId,name,latitude,longitude,country,postalCode\nLEJ,Leipzig,51.34,12.37,DE,04103\nERF,Erfurt,50.98,,DE,99084\n';
      expect(await csv('/api/locations/import', text)).toMatchObject({
        body: { summary: { ok: 1, failed: 1 }, results: [{ status: 'ok' }, { status: 'error', code: 'validation_failed' }] },
      });
      const stored = await ingestion.runtime.eventStore.readStream('locations-acme');
      expect(stored.at(-1)?.data).toMatchObject({ locationId: 'LEJ', latitude: 51.34, longitude: 12.37, postalCode: '04103' });
      expect(await post('/api/locations', { locationId: 'L2', name: 'x', latitude: 1 })).toMatchObject({
        status: 400,
        body: { code: 'validation_failed', details: [{ field: 'longitude' }] },
      });
    });

    it('have bins, which stay when the location changes', async () => {
      const bins = [
        { binId: 'B-01', type: 'pick', sequence: 2 },
        { binId: 'A-01', capacityUnits: 40, fixedSkus: ['MILK'] },
        { binId: 'Q', type: 'quarantine' },
      ];
      const shelf = { binId: 'A-01', type: 'storage', sequence: 0, capacityUnits: 40, allowMixedSkus: true, allowMixedLots: true };
      const stored = [
        { ...shelf, sellable: true, fixedSkus: ['MILK'], blocked: false },
        { binId: 'Q', type: 'quarantine', sellable: false, capacityUnits: null },
        { binId: 'B-01', type: 'pick' },
      ];
      expect(await post('/api/locations', { locationId: 'MUC', name: 'Munich', bins })).toMatchObject({
        status: 201,
        body: { bins: stored },
      });
      expect(await post('/api/locations', { locationId: 'MUC', name: 'Munich 2' })).toMatchObject({ status: 200, body: { bins: stored } });
      await csv('/api/locations/import', 'locationId,name\nMUC,Munich 3\n');
      expect((await ingestion.runtime.eventStore.readStream('locations-acme')).filter(({ type }) => type === 'BinsSet.v1')).toHaveLength(1);
      for (const wrong of [{ binId: 'Q', type: 'quarantine', sellable: true }, bins[0]]) {
        expect(await post('/api/locations', { locationId: 'MUC', name: 'Munich', bins: [wrong, bins[0]] })).toMatchObject({
          status: 400,
          body: { code: 'invalid_bin' },
        });
      }
    });

    it('have a time zone, may be blocked, and keep both where a change does not name them', async () => {
      const zone = { locationId: 'GRU', name: 'Guarulhos', timeZone: 'America/Sao_Paulo', blocked: true };
      expect(await post('/api/locations', zone)).toMatchObject({ status: 201, body: zone });
      expect(await csv('/api/locations/import', 'locationId,name,kind\nGRU,Sao Paulo,destruction\n')).toMatchObject({
        body: { summary: { ok: 1 } },
      });
      const stored = await ingestion.runtime.eventStore.readStream('locations-acme');
      expect(stored.at(-1)?.data).toMatchObject({ kind: 'destruction', timeZone: 'America/Sao_Paulo', blocked: true });
      const opened = 'locationId,name,blocked\nGRU,Sao Paulo,false\n';
      expect(await csv('/api/locations/import', opened)).toMatchObject({ body: { summary: { ok: 1 } } });
      expect((await ingestion.runtime.eventStore.readStream('locations-acme')).at(-1)?.data).toMatchObject({ blocked: false });
    });

    it.each([
      ['a time zone that is none', { locationId: 'L2', name: 'x', timeZone: 'Berlin' }],
      ['an offset for a time zone', { locationId: 'L2', name: 'x', timeZone: '+01:00' }],
      ['no name', { locationId: 'L2' }],
      ['a kind that is none', { locationId: 'L2', name: 'x', kind: 'moon' }],
      ['a priority below zero', { locationId: 'L2', name: 'x', priority: -1 }],
    ])('are not created with %s', async (_, body) =>
      expect(await post('/api/locations', body)).toMatchObject({ status: 400, body: { code: 'validation_failed' } }),
    );

    it('come in bulk and from CSV with a result per line', async () => {
      const answer = await post('/api/locations/bulk', { locations: [{ locationId: 'L3', name: 'Three' }, { locationId: 'L4' }] });
      expect(answer.body).toMatchObject({ summary: { ok: 1, failed: 1 } });
      const text = 'locationId,name,kind,priority\nL5,Five,regional_hub,7\nL6,Six,moon,1\n';
      const trial = await csv('/api/locations/import?dryRun=1', text);
      expect(trial.body).toMatchObject({ dryRun: true, summary: { ok: 1, failed: 1 } });
      expect((await post('/api/inventory/record-stock', { sku: 'L', locationId: 'L5', quantity: 1 })).status).toBe(404);
      expect((await csv('/api/locations/import', text)).body).toMatchObject({ summary: { ok: 1, failed: 1 } });
      expect((await post('/api/inventory/record-stock', { sku: 'L', locationId: 'L5', quantity: 1 })).status).toBe(200);
    });

    it('created by two at once are both there', async () => {
      await Promise.all(Array.from({ length: 10 }, (_, index) => post('/api/locations', { locationId: `R${index}`, name: 'race' })));
      const lines = Array.from({ length: 10 }, (_, index) => ({ sku: 'RACE', locationId: `R${index}`, quantity: 1 }));
      expect((await post('/v1/inventory/bulk', { lines })).body).toMatchObject({ summary: { ok: 10 } });
    });
  });

  describe('connections', () => {
    const put = (id: string, body: unknown, options = {}) => ingestion.call('PUT', `/v1/erp/connections/${id}`, body, options);

    it('are created, changed and listed with their mappings', async () => {
      await post('/api/locations', { locationId: 'BER', name: 'Berlin' });
      const created = await put('sap', {
        name: 'SAP',
        system: 'sap-s4hana',
        postingLagMs: 60_000,
        mappings: [{ warehouseId: '1', locationId: 'BER' }],
      });
      expect(created).toMatchObject({
        status: 200,
        body: {
          id: 'sap',
          name: 'SAP',
          system: 'sap-s4hana',
          postingLagMs: 60_000,
          adjustmentsPostedBack: false,
          figureCovers: 'unrestricted',
          autoMap: false,
          mappings: [{ warehouseId: '1', locationId: 'BER' }],
        },
      });
      const covering = await put('sap', { name: 'SAP Europe', adjustmentsPostedBack: true, figureCovers: 'physical' });
      expect(covering.body).toMatchObject({ adjustmentsPostedBack: true, figureCovers: 'physical' });
      expect((await put('sap', { name: 'SAP Europe' })).body).toMatchObject({ postingLagMs: null, mappings: [{ warehouseId: '1' }] });
      expect((await ingestion.call('GET', '/v1/erp/connections')).body).toMatchObject({
        connections: [{ id: 'sap', name: 'SAP Europe' }],
        pagination: { total: 1 },
      });
      expect((await ingestion.call('GET', '/v1/erp/connections/sap')).body).toMatchObject({ id: 'sap' });
      expect((await ingestion.call('GET', '/v1/erp/warehouse-mappings')).body).toMatchObject({
        mappings: [{ connectionId: 'sap', warehouseId: '1', locationId: 'BER' }],
      });
    });

    it('of another tenant are not there', async () => {
      const options = { tenant: 'other' };
      expect(await ingestion.call('GET', '/v1/erp/connections/sap', undefined, options)).toMatchObject({
        status: 404,
        body: { code: 'unknown_connection' },
      });
      expect((await ingestion.call('GET', '/v1/erp/connections', undefined, options)).body).toMatchObject({ connections: [] });
      const mapping = { connectionId: 'sap', mappings: [{ warehouseId: '1', locationId: 'MAIN' }] };
      expect(await ingestion.call('PUT', '/v1/erp/warehouse-mappings', mapping, options)).toMatchObject({
        status: 404,
        body: { code: 'unknown_connection' },
      });
    });

    it('map warehouses to locations that exist only', async () =>
      expect(await put('sap', { name: 'SAP', mappings: [{ warehouseId: '2', locationId: 'XXX' }] })).toMatchObject({
        status: 404,
        body: { code: 'unknown_location', details: [{ field: 'mappings[0].locationId' }] },
      }));

    it.each([
      ['no name', {}],
      ['a negative lag', { name: 'x', postingLagMs: -1 }],
      ['figures that cover something else', { name: 'x', figureCovers: 'all' }],
      ['a mapping that is none', { name: 'x', mappings: [{ warehouseId: '1' }] }],
    ])('are refused with %s', async (_, body) =>
      expect(await put('bad', body)).toMatchObject({ status: 400, body: { code: 'validation_failed' } }),
    );

    it('need permissions to read and to write', async () => {
      expect(await put('sap', { name: 'x' }, { permissions: ['erp.read'] })).toMatchObject({ status: 403 });
      expect(await ingestion.call('GET', '/v1/erp/connections', undefined, { permissions: ['erp.write'] })).toMatchObject({ status: 403 });
    });
  });
});
