import { spawnSync } from 'node:child_process';
import { certificateJson, certify } from '@holdfast/ledger';
import { createLogger } from '@holdfast/platform';
import { ReceivedFiles } from '../src/imports/received-files.js';
import { eventually, IngestionUnderTest, type Answer, type CallOptions } from './ingestion.js';

const HEADER = 'sku,locationId,quantity';

interface Step {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly balances: readonly object[];
}

/** What the checker, which shares no code with Holdfast, says of a certificate. */
const check = (certificate: object) =>
  spawnSync(process.execPath, ['tools/check-certificate/check-certificate.mjs', '-'], {
    input: JSON.stringify(certificate),
    encoding: 'utf8',
  });

describe('importing stock files', () => {
  let ingestion: IngestionUnderTest;
  const errors: string[] = [];
  const logger = createLogger({ logLevel: 'error' }, 'test', { write: (line) => errors.push(line) });

  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start({
      environment: { HOLDFAST_IMPORT_LIMIT_BYTES: '300000' },
      around: (runtime) => ({ ...runtime, logger }),
    });
  });
  afterAll(() => ingestion.stop());

  /** Imports a file of another kind and waits for its end. */
  const importedAs = async (kind: string, text: string, query = ''): Promise<Answer['body']> => {
    const { status, body } = await ingestion.call('POST', `/v1/imports?kind=${kind}${query}`, text, { contentType: 'text/csv' });
    expect(status).toBe(202);
    return ended(body['id']);
  };
  const undoneAs = async (id: unknown): Promise<Answer['body']> =>
    ended((await ingestion.call('POST', `/v1/imports/${String(id)}/undo`)).body['id']);

  const csv = (lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n');
  const begin = (text: string | Buffer, query = '', options: CallOptions = {}): Promise<Answer> =>
    ingestion.call('POST', `/v1/imports?kind=stock${query}`, text, { contentType: 'text/csv', ...options });
  const view = (id: unknown, options: CallOptions = {}) => ingestion.call('GET', `/v1/imports/${String(id)}`, undefined, options);
  const lines = async (id: unknown, query = ''): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const { body } = await ingestion.call('GET', `/v1/imports/${String(id)}/lines${query}`);
    return body['lines'] as readonly Readonly<Record<string, unknown>>[];
  };
  const ended = async (id: unknown): Promise<Answer['body']> => {
    let found: Answer['body'] = {};
    await eventually(async () => {
      found = (await view(id)).body;
      expect(found['status']).toBe('done');
    });
    return found;
  };
  /** Imports a file and waits for its end. */
  const imported = async (text: string | Buffer, query = '', options: CallOptions = {}): Promise<Answer['body']> => {
    const { status, body } = await begin(text, query, options);
    expect(status).toBe(202);
    return ended(body['id']);
  };

  const certified = async (sku: string): Promise<{ readonly steps: readonly Step[] }> => {
    let text = '';
    for await (const piece of certificateJson(certify(ingestion.runtime.eventStore, { tenant: 'acme', sku }))) text += piece;
    return JSON.parse(text) as { readonly steps: readonly Step[] };
  };

  it('sets each figure and tells before and after per line', async () => {
    await imported(csv(['I-1,MAIN,5']));
    const found = await imported(csv(['I-1,MAIN,7', 'I-2,MAIN,3', 'I-3,MAIN,']));
    expect(found).toMatchObject({ kind: 'stock', dryRun: false, lines: 3, applied: 2, unchanged: 1, failed: 0, error: null });
    expect(await lines(found['id'])).toMatchObject([
      { line: 2, result: 'applied', before: 5, after: 7 },
      { line: 3, result: 'applied', before: 0, after: 3 },
      { line: 4, result: 'unchanged', before: 0, after: 0 },
    ]);
    expect([await ingestion.onHand('I-1'), await ingestion.onHand('I-2')]).toEqual([7, 3]);
  });

  it('appends nothing for a figure that stands there, or for an empty cell', async () => {
    await imported(csv(['I-4,MAIN,5']));
    const before = await ingestion.events('I-4');
    expect(await imported(csv(['I-4,MAIN,5']))).toMatchObject({ applied: 0, unchanged: 1 });
    expect(await imported(csv(['I-4,MAIN,']))).toMatchObject({ applied: 0, unchanged: 1 });
    expect(await ingestion.events('I-4')).toEqual(before);
  });

  it('tells in a dry run what would change, and changes nothing', async () => {
    await imported(csv(['I-5,MAIN,5']));
    const found = await imported(csv(['I-5,MAIN,9', 'I-6,NOWHERE,1']), '&dryRun=true');
    expect(found).toMatchObject({ dryRun: true, applied: 1, failed: 1 });
    expect(await lines(found['id'])).toMatchObject([
      { line: 2, result: 'applied', before: 5, after: 9 },
      { line: 3, result: 'failed', column: 'locationId', code: 'unknown_location' },
    ]);
    expect(await ingestion.onHand('I-5')).toBe(5);
  });

  it('leaves good lines alone and names line, column and what is wrong of bad ones', async () => {
    const found = await imported(
      csv(['I-7,MAIN,4', 'I-8,MAIN,1.5', '4.06E+12,MAIN,1', 'I-9,MAIN,"1,234"', 'I-10,NOWHERE,1', 'I-11,MAIN,1', 'I-11,MAIN,2']),
    );
    expect(found).toMatchObject({ lines: 7, applied: 1, unchanged: 0, failed: 6 });
    const failed = await lines(found['id'], '?result=failed');
    expect(failed.map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, 'quantity', 'validation_failed'],
      [4, 'sku', 'validation_failed'],
      [5, 'quantity', 'validation_failed'],
      [6, 'locationId', 'unknown_location'],
      [7, null, 'repeated_line'],
      [8, null, 'repeated_line'],
    ]);
    expect(failed.slice(4).map(({ says }) => says)).toEqual(
      [8, 7].map((line) => `describes the same thing as line ${line}; keep one of them`),
    );
    expect(await ingestion.onHand('I-7')).toBe(4);
  });

  it('takes boxes as many units as the product says, once, and takes just those back', async () => {
    const units = [{ unit: 'BOX', units: '12' }];
    expect((await ingestion.call('POST', '/api/products', { sku: 'U-1', units })).body).toMatchObject({ units });
    await importedAs('stock', 'sku,locationId,quantity\nU-1,MAIN,7\n');
    const boxes = 'sku,locationId,quantity,unit\nU-1,MAIN,5,BOX\nU-2,MAIN,5,BOX\nU-3,MAIN,5,\n';
    expect(await importedAs('stock', boxes, '&dryRun=true')).toMatchObject({ applied: 2, failed: 1 });
    const found = await importedAs('stock', boxes);
    expect(await lines(found['id'])).toMatchObject([
      { line: 2, result: 'applied', before: 7, after: 60 },
      { line: 3, result: 'failed', column: 'unit', code: 'unknown_unit' },
      { line: 4, result: 'applied', before: 0, after: 5 },
    ]);
    expect(await importedAs('stock', boxes)).toMatchObject({ applied: 0, unchanged: 2 });
    const mixed = await importedAs('stock', 'sku,locationId,quantity,unit\nU-1,MAIN,1,BOX\nU-1,MAIN,3,\n', '&duplicates=sum');
    expect(mixed).toMatchObject({ applied: 0, failed: 2 });
    expect(await ingestion.onHand('U-1')).toBe(60);
    await undoneAs(found['id']);
    expect([await ingestion.onHand('U-1'), await ingestion.onHand('U-3')]).toEqual([7, 0]);
  });

  it('sets units of measure of products, and empties them again', async () => {
    const unitsOf = async (sku: string) => (await ingestion.call('POST', '/api/products', { sku })).body['units'];
    const file = 'sku,units\nU-4,BOX=12;KG=0.5\nU-5,BOX = 12\n';
    const found = await importedAs('products', file);
    expect(await lines(found['id'])).toMatchObject([{ result: 'applied' }, { result: 'failed', column: 'units' }]);
    expect(await unitsOf('U-4')).toEqual([
      { unit: 'BOX', units: '12' },
      { unit: 'KG', units: '0.5' },
    ]);
    expect(await importedAs('products', 'sku,units\nU-4,BOX=12;KG=0.5\n')).toMatchObject({ unchanged: 1 });
    const more = await importedAs('products', 'sku,units\nU-4,BOX=6\n');
    await undoneAs(more['id']);
    expect(await unitsOf('U-4')).toHaveLength(2);
    await ingestion.call('POST', '/api/products', { sku: 'U-6', name: 'Pen' });
    const first = await importedAs('products', 'sku,units\nU-6,BOX=6\n');
    expect(await unitsOf('U-6')).toHaveLength(1);
    expect(await undoneAs(first['id'])).toMatchObject({ applied: 1 });
    expect(await unitsOf('U-6')).toEqual([]);
    const answer = await ingestion.call('POST', '/api/products/import', 'sku,units\nU-7,BOX = 12\nU-8,BOX\n', { contentType: 'text/csv' });
    expect(answer.body['results']).toMatchObject([{ status: 'ok' }, { status: 'error' }]);
    expect(await unitsOf('U-7')).toEqual([{ unit: 'BOX', units: '12' }]);
  });

  it('sums lines of the same SKU and location where it is told to', async () => {
    const found = await imported(csv(['I-12,MAIN,4', 'I-13,MAIN,1', 'I-12,MAIN,5']), '&duplicates=sum');
    expect(found).toMatchObject({ applied: 2, unchanged: 1, failed: 0 });
    expect(await ingestion.onHand('I-12')).toBe(9);
    expect(await lines(found['id'])).toMatchObject([
      { line: 2, result: 'applied', after: 9, says: 'the sum of 2 lines, the last of them line 4' },
      { line: 3, result: 'applied', after: 1 },
      { line: 4, result: 'unchanged', says: 'summed in line 2' },
    ]);
  });

  it('reads what spreadsheet programs write', async () => {
    const text = `\ufeff${HEADER.replaceAll(',', ';')}\r\nI-14;MAIN;12,0\r\n`;
    await imported(Buffer.from(text, 'utf16le'), '&delimiter=semicolon&decimal=comma');
    expect(await ingestion.onHand('I-14')).toBe(12);
    await imported(Buffer.from('sku,locationId,quantity,reason\nI-15,MAIN,2,Gr\xf6\xdfe', 'latin1'), '&encoding=windows-1252');
    expect((await ingestion.events('I-15')).at(-1)).toMatchObject({ type: 'StockAdjusted', reason: 'Größe', reasonCode: 'import' });
  });

  it('says what encoding it found', async () => {
    const latin = Buffer.from('sku,locationId,quantity,reason\nI-19,MAIN,2,Gr\xf6\xdfe', 'latin1');
    expect(await imported(latin)).toMatchObject({ encoding: 'windows-1252', encodingFrom: 'found' });
    expect((await ingestion.events('I-19')).at(-1)).toMatchObject({ reason: 'Größe' });
    expect(await imported(latin, '&encoding=windows-1252')).toMatchObject({ encodingFrom: 'declared', unchanged: 1 });
    expect(await imported(`\ufeff${csv(['I-19,MAIN,3'])}`)).toMatchObject({ encoding: 'utf-8', encodingFrom: 'mark' });
  });

  it('reads tabs, line breaks in quotes, and times in a declared form', async () => {
    const counted = '1/11/2026 08:30';
    await imported(`sku\tlocationId\tquantity\treason\teffectiveAt\nI-20\tMAIN\t4\t"two\nlines"\t${counted}\n`, '&dates=dd/mm/yyyy');
    const effectiveAt = Date.parse('2026-11-01T08:30:00Z');
    expect((await ingestion.events('I-20')).at(-1)).toMatchObject({ counted: 4, reason: 'two\nlines', effectiveAt });
    const undeclared = await imported(`sku,locationId,quantity,effectiveAt\nI-20,MAIN,5,${counted}\n`);
    expect(await lines(undeclared['id'])).toMatchObject([{ result: 'failed', column: 'effectiveAt' }]);
  });

  describe('as a form', () => {
    const form = (parts: readonly string[]): string =>
      [...parts.map((part) => `--cut\r\nContent-Disposition: form-data; ${part}\r\n`), '--cut--\r\n'].join('');
    const file = `name="file"; filename="stock.csv"\r\nContent-Type: text/csv\r\n\r\n`;
    const send = (parts: readonly string[]): Promise<Answer> =>
      begin(form(parts), '', { contentType: 'multipart/form-data; boundary=cut' });

    it('sends its file', async () => {
      const { status, body } = await send([`${file}${csv(['I-21,MAIN,6'])}`]);
      expect(status).toBe(202);
      expect(await ended(body['id'])).toMatchObject({ lines: 1, applied: 1 });
      expect(await ingestion.onHand('I-21')).toBe(6);
    });

    it.each([
      ['without a file', [], 'there must be a file in the form'],
      ['with two files', [`${file}${csv(['I-22,MAIN,1'])}`, `${file}x`], 'there must be one file'],
      ['with options', [`${file}${csv(['I-22,MAIN,1'])}`, 'name="dryRun"\r\n\r\ntrue'], 'dryRun is no file; options belong into the query'],
    ])('is refused %s, and stores nothing', async (_, parts, message) => {
      const { status, body } = await send(parts);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'validation_failed', details: [{ field: 'body', message }] });
      expect(await ingestion.onHand('I-22')).toBeUndefined();
    });

    it('is refused without a boundary, and where it is cut off', async () => {
      expect((await begin('x', '', { contentType: 'multipart/form-data' })).status).toBe(415);
      const whole = form([`${file}${csv(['I-22,MAIN,1'])}`]);
      const cutOff = await begin(whole.slice(0, -20), '', { contentType: 'multipart/form-data; boundary=cut' });
      expect([cutOff.status, cutOff.body['code']]).toEqual([400, 'validation_failed']);
    });
  });

  it('leaves nothing of a file that is broken in the middle, whose key may come again mended', async () => {
    const many = Array.from({ length: 12_000 }, (_, index) => `B-${String(index)},MAIN,1`);
    const { status, body } = await begin(csv([...many, 'a "quote" within,MAIN,1']), '', { key: 'broken' });
    expect([status, body['code']]).toEqual([400, 'malformed_csv']);
    expect(JSON.stringify(body)).toContain('line 12002');
    const { rows } = await ingestion.runtime.database.pool.query(
      `SELECT 1 FROM ingestion.import_lines WHERE cells ->> 'sku' = 'B-1' UNION ALL SELECT 1 FROM ingestion.imports WHERE status = 'receiving'`,
    );
    expect(rows).toEqual([]);
    expect((await begin(csv(['B-1,MAIN,1']), '', { key: 'broken' })).status).toBe(202);
  });

  it('refuses a key whose file is still being sent, and drops what a sender left that went away', async () => {
    const { pool } = ingestion.runtime.database;
    const { body } = await begin(csv(['I-23,MAIN,1']), '&dryRun=true', { key: 'slow' });
    await ended(body['id']);
    await pool.query(`UPDATE ingestion.imports SET status = 'receiving', received_at = now() WHERE id = $1`, [body['id']]);
    expect((await begin(csv(['I-23,MAIN,1']), '&dryRun=true', { key: 'slow' })).body).toMatchObject({ code: 'import_being_received' });
    expect((await view(body['id'])).body).toMatchObject({ code: 'unknown_import' });
    await pool.query(`UPDATE ingestion.imports SET received_at = now() - interval '11 minutes' WHERE id = $1`, [body['id']]);
    await new ReceivedFiles(pool).dropSilent();
    const { rows } = await pool.query('SELECT line FROM ingestion.import_lines WHERE import_id = $1', [body['id']]);
    expect(rows).toEqual([]);
  });

  it.each([
    ['as it is', 'text/csv', ''],
    ['as a form', 'multipart/form-data; boundary=cut', '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'],
  ])('drops a file sent %s whose sender leaves in the middle, which is no fault of ours', async (_, contentType, before) => {
    const { pool } = ingestion.runtime.database;
    const left = async (): Promise<number> =>
      (await pool.query(`SELECT 1 FROM ingestion.import_lines WHERE cells ->> 'sku' LIKE 'LEFT-%' LIMIT 1`)).rows.length;
    const request = ingestion.send('POST', '/v1/imports?kind=stock', { 'content-type': contentType, 'content-length': '299999' });
    request.on('error', () => undefined);
    request.write(before + csv(Array.from({ length: 5_000 }, (_none, index) => `LEFT-${String(index)},MAIN,1`)));
    await eventually(async () => expect(await left()).toBe(1));
    request.destroy();
    await eventually(async () => expect(await left()).toBe(0));
    const { rows } = await pool.query(`SELECT 1 FROM ingestion.imports WHERE status = 'receiving'`);
    expect(rows).toEqual([]);
    await imported(csv(['I-24,MAIN,1']));
    expect(errors).toEqual([]);
  });

  it('gives the failed lines as a file in which no cell is a formula', async () => {
    const { body } = await begin('sku,locationId,quantity,reason\nI-16,MAIN,x,"=1+1, or so"\n');
    await ended(body['id']);
    const file = await ingestion.text(`/v1/imports/${String(body['id'])}/failed.csv`);
    expect(file).toBe(
      'sku,locationId,quantity,reason,line,fault\r\n' +
        'I-16,MAIN,x,"\'=1+1, or so",2,quantity must be a whole number from 0 to 1000000000\r\n',
    );
  });

  describe('undone', () => {
    const undo = (id: unknown, query = '', options: CallOptions = {}): Promise<Answer> =>
      ingestion.call('POST', `/v1/imports/${String(id)}/undo${query}`, undefined, options);
    const undone = async (id: unknown, query = ''): Promise<Answer['body']> => {
      const { status, body } = await undo(id, query);
      expect(status).toBe(202);
      return ended(body['id']);
    };

    it('takes back the difference of each line and leaves what came later', async () => {
      await imported(csv(['U-1,MAIN,10', 'U-2,MAIN,4']));
      const file = await imported(csv(['U-1,MAIN,7', 'U-2,MAIN,9', 'U-3,MAIN,0']));
      await ingestion.call('POST', '/api/inventory/adjust', { sku: 'U-1', locationId: 'MAIN', delta: 2, reasonCode: 'found' });

      const taken = await undone(file['id']);
      expect(taken).toMatchObject({ undoes: file['id'], lines: 2, applied: 2, failed: 0 });
      expect((await view(file['id'])).body['status']).toBe('undone');
      expect([await ingestion.onHand('U-1'), await ingestion.onHand('U-2')]).toEqual([12, 4]);
      expect((await ingestion.events('U-2')).at(-1)).toMatchObject({ type: 'StockAdjusted', delta: -5, reasonCode: 'import_undo' });

      await undone(taken['id']);
      expect([await ingestion.onHand('U-1'), await ingestion.onHand('U-2')]).toEqual([9, 9]);
      expect([(await view(file['id'])).body['status'], (await view(taken['id'])).body['status']]).toEqual(['done', 'undone']);
    });

    it('shows in the certificate as steps that name the import, its undo and the undo of that', async () => {
      const sku = 'U-9';
      await imported(csv([`${sku},MAIN,10`]));
      const file = await imported(csv([`${sku},MAIN,4`]));
      const taken = await undone(file['id']);
      const again = await undone(taken['id']);
      const certificate = await certified(sku);
      const steps = certificate.steps.filter(({ type }) => type.startsWith('StockAdjusted')).slice(1);
      expect(steps.map(({ data, balances }) => [data['documentId'], data['reasonCode'], data['delta'], balances])).toEqual([
        [file['id'], 'import', -6, [{ locationId: 'MAIN', onHand: 4, reserved: 0 }]],
        [taken['id'], 'import_undo', 6, [{ locationId: 'MAIN', onHand: 10, reserved: 0 }]],
        [again['id'], 'import_undo', -6, [{ locationId: 'MAIN', onHand: 4, reserved: 0 }]],
      ]);
      expect(check(certificate)).toMatchObject({ status: 0, stderr: '' });
      for (const missing of steps) {
        const without = { ...certificate, steps: certificate.steps.filter((step) => step !== missing) };
        expect(check(without)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^FALSE step|^FALSE conclusion/) as string });
      }
    });

    it('tells in a dry run what would go back, and changes nothing', async () => {
      const file = await imported(csv(['U-4,MAIN,5']));
      const foreseen = await undone(file['id'], '?dryRun=true');
      expect(await lines(foreseen['id'])).toMatchObject([{ line: 2, result: 'applied', before: 5, after: 0 }]);
      expect([await ingestion.onHand('U-4'), (await view(file['id'])).body['status']]).toEqual([5, 'done']);
    });

    it('does not take units that are promised, and lists such lines', async () => {
      const file = await imported(csv(['U-5,MAIN,5', 'U-6,MAIN,5']));
      const order = { orderId: 'order-5', reservationId: 'order-5', requestHash: 'order-5', quantity: 3, ttlMs: 600_000, sources: [] };
      const sku = { tenant: 'acme', sku: 'U-5' };
      await ingestion.runtime.ledger.execute(sku, { type: 'PlaceReservation', at: Date.now(), commandId: 'order-5', ...order });
      expect(await undone(file['id'], '?dryRun=true')).toMatchObject({ applied: 1, failed: 1 });
      const taken = await undone(file['id']);
      expect(taken).toMatchObject({ applied: 1, failed: 1 });
      expect(await lines(taken['id'], '?result=failed')).toMatchObject([{ line: 2, code: 'insufficient_stock', before: 5 }]);
      expect([await ingestion.onHand('U-5'), await ingestion.onHand('U-6')]).toEqual([5, 0]);
    });

    it('is one undo under a key; another one, of a dry run, or of nothing is refused', async () => {
      const file = await imported(csv(['U-7,MAIN,5']));
      const first = await undo(file['id'], '', { key: 'undo-7' });
      await ended(first.body['id']);
      expect((await undo(file['id'], '', { key: 'undo-7' })).body['id']).toBe(first.body['id']);
      expect((await undo(file['id'])).body).toMatchObject({ code: 'import_not_done' });
      const foreseen = await imported(csv(['U-8,MAIN,5']), '&dryRun=true');
      expect((await undo(foreseen['id'])).body).toMatchObject({ code: 'nothing_to_undo' });
      expect((await undo('00000000-0000-4000-8000-000000000000')).body).toMatchObject({ code: 'unknown_import' });
      expect((await undo(file['id'], '', { permissions: ['inventory.read'] })).status).toBe(403);
    });
  });

  it('puts products, leaves empty cells alone, and takes back what nobody has changed since', async () => {
    const product = async (sku: string) => (await ingestion.runtime.ledger.read({ tenant: 'acme', sku })).state;
    await importedAs('products', 'sku,name,costMinor,safetyStock\nP-1,Shirt,850,\nP-2,Cap,300,2\n');
    const foreseen = await importedAs('products', 'sku,name,costMinor\nP-1,Shirt,900\nP-9,Hat,1\n', '&dryRun=true');
    expect(await lines(foreseen['id'])).toMatchObject([
      { result: 'applied', former: { costMinor: 850 } },
      { result: 'applied', former: { sku: null, name: null, costMinor: null } },
    ]);
    const file = await importedAs(
      'products',
      'sku,name,costMinor,safetyStock,locationId\nP-1,Tee,,3,MAIN\nP-2,Cap,300,2,MAIN\nP-3,Sock,,,\nP-4,x,,1,NOWHERE\nP-5,,1.5,,\n',
    );
    expect(file).toMatchObject({ lines: 5, applied: 2, unchanged: 1, failed: 2 });
    expect((await lines(file['id'], '?result=failed')).map(({ line, column, code }) => [line, column, code])).toEqual([
      [5, 'locationId', 'unknown_location'],
      [6, 'costMinor', 'validation_failed'],
    ]);
    const tee = await product('P-1');
    expect([tee.description, tee.balances.get('MAIN')?.safetyStock]).toEqual([{ name: 'Tee', costMinor: 850 }, 3]);

    const taken = await undoneAs(file['id']);
    expect(taken).toMatchObject({ lines: 2, applied: 1, failed: 1 });
    expect(await lines(taken['id'], '?result=failed')).toMatchObject([{ line: 4, column: 'sku', code: 'cannot_be_removed' }]);
    const shirt = await product('P-1');
    expect([shirt.description.name, shirt.balances.get('MAIN')?.safetyStock]).toEqual(['Shirt', 0]);

    await undoneAs(taken['id']);
    expect((await product('P-1')).description.name).toBe('Tee');
    await ingestion.call('POST', '/api/products', { sku: 'P-1', name: 'Blouse' });
    const late = await undoneAs(file['id']);
    expect(await lines(late['id'], '?result=failed')).toMatchObject([
      { line: 2, column: 'name', code: 'changed_since' },
      { line: 4, code: 'cannot_be_removed' },
    ]);
  });

  it('puts locations and takes them back; what a line leaves out stays', async () => {
    const where = async (id: string) => {
      const answer = await importedAs('locations', `locationId,name\n${id},\n`, '&dryRun=true');
      return (await lines(answer['id']))[0]?.['result'];
    };
    const first = await importedAs(
      'locations',
      'locationId,name,kind,priority,country\nHAM,Hamburg,store,5,DE\nMUC,,store,,\nX,X,castle,,\n',
    );
    expect(first).toMatchObject({ applied: 1, failed: 2 });
    expect((await lines(first['id'], '?result=failed')).map(({ line, column }) => [line, column])).toEqual([
      [3, 'name'],
      [4, 'kind'],
    ]);
    expect(await where('HAM')).toBe('unchanged');
    const second = await importedAs('locations', 'locationId,latitude,longitude,region\nHAM,53.55,9.99,north\n');
    expect(second).toMatchObject({ applied: 1 });
    expect(await lines(second['id'])).toMatchObject([{ former: { latitude: null, longitude: null, region: null } }]);
    expect(
      await importedAs(
        'locations',
        'locationId,name,kind,priority,country,latitude,longitude,region\nHAM,Hamburg,store,5,DE,53.55,9.99,north\n',
      ),
    ).toMatchObject({ unchanged: 1 });
    await undoneAs(second['id']);
    expect(await importedAs('locations', 'locationId,region\nHAM,north\n', '&dryRun=true')).toMatchObject({ applied: 1 });
    expect(await importedAs('locations', 'locationId,latitude\nHAM,53.55\n', '&dryRun=true')).toMatchObject({ failed: 1 });
  });

  describe('of orders', () => {
    const COLUMNS = 'orderId,channelId,sku,quantity,state,orderedAt,locationId';
    const orders = (rows: readonly string[], query = ''): Promise<Answer['body']> =>
      importedAs('orders', [COLUMNS, ...rows, ''].join('\n'), query);
    const balance = async (sku: string) => {
      const { onHand = 0, reserved = 0 } = (await ingestion.runtime.ledger.read({ tenant: 'acme', sku })).state.balances.get('MAIN') ?? {};
      return { onHand, reserved };
    };
    const demandOf = async (sku: string, query = ''): Promise<unknown> =>
      (await ingestion.call('GET', `/v1/demand?sku=${sku}${query}`)).body['demand'];
    const at = '2026-03-02T10:00:00Z';

    it('keeps what was ordered as demand, and holds the units of open lines', async () => {
      await imported(csv(['O-1,MAIN,10']));
      const rows = [
        `o1,shop,O-1,3,shipped,2026-03-02T23:30:00Z,`,
        `o1,shop,O-GONE,1,shipped,2026-03-02T23:30:00Z,`,
        `o2,shop,O-1,2,cancelled,2026-03-03T01:00:00+00:00,`,
        `o3,,O-1,4,open,2026-03-03T02:00:00Z,MAIN`,
      ];
      expect(await orders(rows, '&dryRun=true')).toMatchObject({ applied: 4, failed: 0 });
      expect(await orders(rows)).toMatchObject({ kind: 'orders', applied: 4, unchanged: 0, failed: 0 });
      expect(await balance('O-1')).toEqual({ onHand: 10, reserved: 4 });
      expect(await demandOf('O-1')).toEqual([
        { sku: 'O-1', periodStart: '2026-03-02T00:00:00.000Z', ordered: 3, shipped: 3, cancelled: 0, lines: 1 },
        { sku: 'O-1', periodStart: '2026-03-03T00:00:00.000Z', ordered: 4, shipped: 0, cancelled: 2, lines: 1 },
      ]);
      expect(await demandOf('O-1', '&period=month&channelId=shop')).toMatchObject([{ ordered: 3, cancelled: 2 }]);
      expect(await demandOf('O-1', '&from=2026-03-03T00:00:00Z&to=2026-03-03T01:00:00Z')).toEqual([]);

      const exported = await ingestion.text('/v1/exports/orders');
      expect(exported).toContain('o3,,O-1,4,open,2026-03-03T02:00:00.000Z,MAIN\r\n');
      expect(await importedAs('orders', exported)).toMatchObject({ lines: 4, unchanged: 4, applied: 0, failed: 0 });
      expect(await orders(rows)).toMatchObject({ unchanged: 4 });
      expect(await balance('O-1')).toEqual({ onHand: 10, reserved: 4 });
    });

    it('follows a line from open to shipped or cancelled, and no way back', async () => {
      await imported(csv(['O-2,MAIN,10']));
      await orders([`p1,,O-2,3,open,${at},`, `p2,,O-2,2,open,${at},`]);
      expect(await orders([`p1,,O-2,3,shipped,${at},`, `p2,,O-2,2,cancelled,${at},`])).toMatchObject({ applied: 2 });
      expect(await balance('O-2')).toEqual({ onHand: 7, reserved: 0 });
      const back = await orders([`p1,,O-2,3,open,${at},`]);
      expect(await lines(back['id'])).toMatchObject([{ result: 'failed', column: 'state', code: 'order_ended' }]);
    });

    it('names lines that cannot be: too few units, an unknown SKU or location, a change of what is held', async () => {
      await imported(csv(['O-3,MAIN,5']));
      await orders([`q1,,O-3,2,open,${at},`]);
      const rows = [
        `q2,,O-3,4,open,${at},`,
        `q3,,O-UNKNOWN,1,open,${at},`,
        `q4,,O-3,1,open,${at},NOWHERE`,
        `q1,,O-3,3,open,${at},`,
        `q5,,O-3,1,lost,${at},`,
        `q6,,O-3,0,open,${at},`,
      ];
      const expected = [
        ['insufficient_stock', 'quantity'],
        ['unknown_sku', 'sku'],
        ['unknown_location', 'locationId'],
        ['order_open', 'quantity'],
        ['validation_failed', 'state'],
        ['validation_failed', 'quantity'],
      ];
      for (const query of ['&dryRun=true', '']) {
        const found = await orders(rows, query);
        expect((await lines(found['id'])).map(({ code, column }) => [code, column])).toEqual(expected);
      }
      expect(await balance('O-3')).toEqual({ onHand: 5, reserved: 2 });
    });

    it('holds nothing more for an order that Holdfast reserved for', async () => {
      await imported(csv(['O-4,MAIN,5']));
      const held = { orderId: 's1', reservationId: 's1', requestHash: 's1', quantity: 2, ttlMs: 600_000, sources: [] };
      await ingestion.runtime.ledger.execute(
        { tenant: 'acme', sku: 'O-4' },
        { type: 'PlaceReservation', at: Date.now(), commandId: 's1', ...held },
      );
      const more = await orders([`s1,,O-4,3,open,${at},`]);
      expect(await lines(more['id'])).toMatchObject([{ result: 'failed', code: 'order_held' }]);
      expect(await orders([`s1,,O-4,2,open,${at},`])).toMatchObject({ applied: 1 });
      expect(await balance('O-4')).toEqual({ onHand: 5, reserved: 2 });
      const other = await orders([`s1,,O-4,3,open,${at},`, `s1,other,O-4,1,open,${at},`]);
      expect((await lines(other['id'])).map(({ result, code }) => [result, code])).toEqual([
        ['failed', 'order_open'],
        ['applied', null],
      ]);
    });

    it('is undone: open lines are released, what has been taken since is listed, and the undo is undone', async () => {
      await imported(csv(['O-5,MAIN,10']));
      const file = await orders([`u1,,O-5,3,open,${at},`, `u2,,O-5,2,open,${at},`, `u3,,O-5,1,shipped,${at},`]);
      const { state } = await ingestion.runtime.ledger.read({ tenant: 'acme', sku: 'O-5' });
      const reservationId = [...state.reservations.values()].find(({ orderId }) => orderId === 'u2')?.reservationId ?? '';
      await ingestion.runtime.ledger.execute(
        { tenant: 'acme', sku: 'O-5' },
        { type: 'CommitReservation', at: Date.now(), commandId: 'taken', reservationId },
      );
      const undoOf = (id: unknown, query = '') => ingestion.call('POST', `/v1/imports/${String(id)}/undo${query}`);
      const foreseen = await ended((await undoOf(file['id'], '?dryRun=true')).body['id']);
      expect(foreseen).toMatchObject({ applied: 2, failed: 1 });
      expect(await balance('O-5')).toEqual({ onHand: 8, reserved: 3 });

      const taken = await undoneAs(file['id']);
      expect(taken).toMatchObject({ applied: 2, failed: 1 });
      expect(await lines(taken['id'], '?result=failed')).toMatchObject([{ line: 3, column: 'state', code: 'reservation_committed' }]);
      expect(await balance('O-5')).toEqual({ onHand: 8, reserved: 0 });
      expect(await demandOf('O-5')).toMatchObject([{ ordered: 2 }]);

      expect(await undoneAs(taken['id'])).toMatchObject({ applied: 2, failed: 0 });
      expect(await balance('O-5')).toEqual({ onHand: 8, reserved: 3 });
      expect(await demandOf('O-5')).toMatchObject([{ ordered: 6 }]);
    });

    it('is carried on after a crash between the hold of a line and its note, and holds the units once', async () => {
      await imported(csv(['O-7,MAIN,10']));
      const { id } = await orders([`w1,,O-7,3,open,${at},`, `w2,,O-7,2,shipped,${at},`]);
      const { pool } = ingestion.runtime.database;
      const events = await ingestion.events('O-7');
      await pool.query(`DELETE FROM ingestion.order_lines WHERE order_id = 'w1'`);
      await pool.query(`UPDATE ingestion.import_lines SET result = NULL WHERE import_id = $1`, [id]);
      await pool.query(`UPDATE ingestion.imports SET status = 'running', at_line = 0, applied = 0 WHERE id = $1`, [id]);
      expect(await ended(id)).toMatchObject({ applied: 2, failed: 0 });
      expect(await ingestion.events('O-7')).toEqual(events);
      expect(await demandOf('O-7')).toMatchObject([{ ordered: 5, shipped: 2 }]);
      await undoneAs(id);
      expect(await balance('O-7')).toEqual({ onHand: 10, reserved: 0 });
      expect(await demandOf('O-7')).toEqual([]);
    });

    it('lists lines whose units an undo would have to bring back', async () => {
      await imported(csv(['O-6,MAIN,10']));
      await orders([`v1,,O-6,3,open,${at},`]);
      const shipped = await orders([`v1,,O-6,3,shipped,${at},`]);
      const taken = await undoneAs(shipped['id']);
      expect(await lines(taken['id'])).toMatchObject([{ result: 'failed', code: 'order_ended' }]);
      expect(await balance('O-6')).toEqual({ onHand: 7, reserved: 0 });
    });
  });

  it('needs the permission of its kind, and sums only what has a quantity', async () => {
    const permissions = ['inventory.write', 'inventory.read'];
    const send = (query: string, options: CallOptions = {}): Promise<Answer> =>
      ingestion.call('POST', `/v1/imports?kind=products${query}`, 'sku\nA\n', { contentType: 'text/csv', ...options });
    expect((await send('', { permissions })).body).toMatchObject({
      code: 'missing_permission',
      details: [{ permission: 'products.write' }],
    });
    const mine = await importedAs('products', 'sku,name\nP-6,Shoe\n');
    const undo = await ingestion.call('POST', `/v1/imports/${String(mine['id'])}/undo`, undefined, { permissions });
    expect(undo.body).toMatchObject({ code: 'missing_permission' });
    expect((await send('&duplicates=sum')).body).toMatchObject({ code: 'validation_failed', details: [{ field: 'duplicates' }] });
  });

  it('takes no mappings where nothing says how the channel connector is reached', async () => {
    const answer = await ingestion.call('POST', '/v1/imports?kind=mappings', 'sku,channelId,listingId\nA,shop,1\n', {
      contentType: 'text/csv',
    });
    expect([answer.status, answer.body['code']]).toEqual([503, 'upstream_unavailable']);
  });

  it('is one import however often it is sent under a key', async () => {
    const first = await begin(csv(['I-17,MAIN,1']), '', { key: 'file-1' });
    await ended(first.body['id']);
    const again = await begin(csv(['I-17,MAIN,1']), '', { key: 'file-1' });
    expect([again.body['id'], again.body['applied']]).toEqual([first.body['id'], 1]);
    expect((await begin(csv(['I-17,MAIN,2']), '', { key: 'file-1' })).status).toBe(422);
    expect(await ingestion.onHand('I-17')).toBe(1);
  });

  it('is listed for its own tenant, newest first', async () => {
    const mine = await imported(csv(['I-18,MAIN,1']));
    const listed = (await ingestion.call('GET', '/v1/imports?limit=1')).body['imports'] as readonly object[];
    expect(listed).toEqual([mine]);
    expect((await view(mine['id'], { tenant: 'other' })).body).toMatchObject({ code: 'unknown_import' });
    expect((await ingestion.call('GET', '/v1/imports', undefined, { tenant: 'other' })).body['imports']).toEqual([]);
  });

  it.each([
    ['no kind', '/v1/imports', csv([]), 400, 'validation_failed'],
    ['an unknown kind', '/v1/imports?kind=bananas', csv([]), 400, 'validation_failed'],
    ['an unknown column', '/v1/imports?kind=stock', 'sku,locationId,quantity,colour\nA,MAIN,1,red', 400, 'unknown_column'],
    ['a missing column', '/v1/imports?kind=stock', 'sku,quantity\nA,1', 400, 'missing_column'],
    ['no line', '/v1/imports?kind=stock', csv([]), 400, 'malformed_csv'],
    ['another encoding than it says', '/v1/imports?kind=stock&encoding=klingon', csv(['A,MAIN,1']), 400, 'unreadable_encoding'],
  ])('refuses %s', async (_, url, text, status, code) => {
    const answer = await ingestion.call('POST', url, text, { contentType: 'text/csv' });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('refuses a file over its limit, whatever it says of its length', async () => {
    const text = csv(Array.from({ length: 40_000 }, (_, index) => `L-${String(index)},MAIN,1`));
    const answer = await begin(text);
    expect([answer.status, answer.body['code']]).toEqual([413, 'body_too_large']);
    expect(await ingestion.onHand('L-1')).toBeUndefined();
  });

  it('refuses callers without the permission, and ids that nothing has', async () => {
    expect((await begin(csv(['A,MAIN,1']), '', { permissions: ['inventory.read'] })).status).toBe(403);
    for (const id of ['nothing', '00000000-0000-4000-8000-000000000000'])
      for (const part of ['', '/lines', '/failed.csv'])
        expect((await ingestion.call('GET', `/v1/imports/${id}${part}`)).body).toMatchObject({ code: 'unknown_import' });
  });
});

describe('an import that a crash left halfway', () => {
  it('is carried on by the next process, and tells each line as it was', async () => {
    const ingestion = await IngestionUnderTest.start();
    try {
      const begun = await ingestion.call('POST', '/v1/imports?kind=stock', `${HEADER}\nR-1,MAIN,4\nR-2,MAIN,5\n`, {
        contentType: 'text/csv',
      });
      const { pool } = ingestion.runtime.database;
      await eventually(async () =>
        expect((await ingestion.call('GET', `/v1/imports/${String(begun.body['id'])}`)).body['status']).toBe('done'),
      );
      // As a process leaves it that dies between the last effect and its note: figures are there, results are not.
      await pool.query(`UPDATE ingestion.imports SET status = 'running', at_line = 0, applied = 0`);
      await pool.query(`UPDATE ingestion.import_lines SET result = NULL, after_units = NULL, delta = NULL`);
      const events = await ingestion.events('R-1');
      await eventually(async () =>
        expect((await ingestion.call('GET', `/v1/imports/${String(begun.body['id'])}`)).body).toMatchObject({ status: 'done', applied: 2 }),
      );
      expect(await ingestion.events('R-1')).toEqual(events);
      const { body } = await ingestion.call('GET', `/v1/imports/${String(begun.body['id'])}/lines`);
      expect(body['lines']).toMatchObject([
        { line: 2, result: 'applied', before: 0, after: 4 },
        { line: 3, result: 'applied', before: 0, after: 5 },
      ]);
      await ingestion.call('POST', `/v1/imports/${String(begun.body['id'])}/undo`);
      await eventually(async () => expect([await ingestion.onHand('R-1'), await ingestion.onHand('R-2')]).toEqual([0, 0]));
    } finally {
      await ingestion.stop();
    }
  });
});
