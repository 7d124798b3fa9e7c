import { eventually, IngestionUnderTest, type Answer, type CallOptions } from './ingestion.js';

const HEADER = 'sku,locationId,quantity';

describe('importing stock files', () => {
  let ingestion: IngestionUnderTest;

  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start();
  });
  afterAll(() => ingestion.stop());

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

  it('is one import however often it is sent under a key', async () => {
    const first = await begin(csv(['I-17,MAIN,1']), '', { key: 'file-1' });
    await ended(first.body['id']);
    const again = await begin(csv(['I-17,MAIN,1']), '', { key: 'file-1' });
    expect(again.body['id']).toBe(first.body['id']);
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
