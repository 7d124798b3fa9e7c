import { FigureReader } from '../../src/pollers/figures/figures-of.js';
import { type Ability, type ErpRig } from './erp-rig.js';
import { ErpBench, scanned, type Scanned } from './erp-bench.js';

const MOVES_MS = 90_000;
const LONG_MS = 100_000;
/** A scan that waited for it in place of ending would not end within the time of a spec. */
const WAITS_MS = 600_000;

/**
 * What every ERP's account must do, shown through its port against an ERP that misbehaves. Call it at the top of a spec file; the file may add
 * cases of its ERP's own. That figures of warehouses without a mapping wait is the engine's.
 */
export function pollerContract(title: string, rig: ErpRig): void {
  describe(`${title}, as every ERP,`, () => {
    let bench: ErpBench;
    const opened = async (skewMs = 0): Promise<ErpBench> => (bench = await ErpBench.open(rig, skewMs));
    const [here, there] = rig.warehouses;
    const read = (): Promise<Scanned> => scanned(bench.account());
    afterEach(async () => {
      await bench.close();
      expect(bench.erp.log.violations).toEqual([]);
    });

    /** A case that needs something of the ERP. */
    const needs = (ability: Ability, name: string, run: () => Promise<void>): void => {
      const reason = rig.lacks[ability];
      if (reason === undefined) return it(name, run);
      it.skip(`does not apply: ${name} (${reason})`, () => undefined); // The system has no such thing; its rig says why.
    };

    /** Five SKUs here and one there, which are several pages. */
    const stocked = async (skewMs = 0): Promise<ReadonlyMap<string, string>> => {
      await opened(skewMs);
      for (const [index, sku] of ['A', 'B', 'C', 'D', 'E'].entries()) bench.set(sku, String(index + 1));
      bench.set('A', '40', there);
      return new Map([
        ...['A', 'B', 'C', 'D', 'E'].map((sku, index) => [`${sku} @ ${here}`, String(index + 1)] as const),
        [`A @ ${there}`, '40'],
      ]);
    };
    const sorted = (figures: ReadonlyMap<string, string>): readonly unknown[] =>
      [...figures].sort(([one], [other]) => (one < other ? -1 : 1));

    it('is read to its end, page after page', async () => {
      const all = await stocked();
      const { figures, pages, fault, cursor } = await read();
      expect([fault, cursor, sorted(figures)]).toEqual([undefined, undefined, sorted(all)]);
      expect(pages).toBeGreaterThan(1);
    });

    it('keeps decimals, leading zeros and letter case', async () => {
      await opened();
      bench.set('00000042', rig.exact);
      bench.set('aB-1', '0');
      bench.set('Z', '1', there);
      const { figures } = await read();
      expect(figures.get(`00000042 @ ${here}`)).toBe(rig.exact);
      expect(figures.get(`aB-1 @ ${here}`)).toBe('0');
    });

    it('tells fractions, which are refused or rounded down', async () => {
      await opened();
      bench.set('A', '1.5');
      bench.set('Z', '1', there);
      const { rows } = await read();
      const figures = (settings: object) => new FigureReader(settings).read(rows).figures.map(({ sku, figure }) => [sku, figure]);
      expect(figures({})).toEqual([['Z', 1]]);
      expect(figures({ fractions: 'floor' })).toEqual([
        ['A', 1],
        ['Z', 1],
      ]);
    });

    describe('a call that fails', () => {
      it.each([
        ['is one of too many', { kind: 'throttle', retryAfterMs: WAITS_MS }, { kind: 'temporary', retryAfterMs: WAITS_MS }],
        ['meets maintenance', { kind: 'server_error', status: 503, retryAfterMs: WAITS_MS }, { kind: 'temporary', retryAfterMs: WAITS_MS }],
        ['meets a fault of the ERP', { kind: 'server_error', status: 500 }, { kind: 'temporary' }],
        ['is cut off', { kind: 'drop' }, { kind: 'temporary' }],
        ['is answered with a page for people', { kind: 'spoil', how: 'html' }, { kind: 'broken_answer' }],
        ['is answered with half a body', { kind: 'spoil', how: 'truncated' }, { kind: 'broken_answer' }],
        ['is answered with a body that is cut off', { kind: 'spoil', how: 'cut_off' }, { kind: 'temporary' }],
        ['is answered with something else', { kind: 'spoil', how: 'not_rows' }, { kind: 'broken_answer' }],
        ['is answered with a billion laughs', { kind: 'spoil', how: 'billion_laughs' }, { kind: 'broken_answer' }],
        ['is answered with an error that looks like success', { kind: 'error_with_200' }, {}],
      ] as const)('because it %s yields no figure but a fault, and the next scan is whole', async (_, fault, expected) => {
        const all = await stocked();
        bench.erp.faults.next(fault, 1, rig.operation);
        const failed = await read();
        expect([failed.figures.size, failed.fault]).toEqual([
          0,
          expect.objectContaining({ says: expect.stringMatching(/.{5}/) as unknown, ...expected }),
        ]);
        expect(sorted((await read()).figures)).toEqual(sorted(all));
      });

      it('because it takes too long yields no figure but a fault, and the next scan is whole', async () => {
        const all = await stocked();
        bench.erp.faults.next({ kind: 'slow_answer', ms: LONG_MS }, 1, rig.operation);
        const failed = await scanned(bench.account({}, 'impatient'));
        expect([failed.figures.size, failed.fault?.kind]).toEqual([0, 'temporary']);
        bench.erp.faults.clear();
        expect(sorted((await read()).figures)).toEqual(sorted(all));
      });

      it('in the middle of a scan is asked for again from there, and nothing is lost', async () => {
        const all = await stocked();
        await read();
        const wholeCalls = bench.stockCalls;
        let calls = 0;
        bench.onStockCall(() => {
          calls += 1;
          if (calls === wholeCalls - 1) bench.erp.faults.next({ kind: 'server_error', status: 500 }, 1, rig.operation);
        });
        const first = await read();
        expect([first.pages > 0, first.fault?.kind]).toEqual([true, 'temporary']);
        const before = bench.stockCalls;
        const rest = await scanned(bench.account(), { cursor: first.cursor });
        expect(rest.fault).toBeUndefined();
        expect(sorted(new Map([...first.figures, ...rest.figures]))).toEqual(sorted(all));
        expect(bench.stockCalls - before).toBeLessThan(wholeCalls);
      });

      it('because the ERP is away is a fault that passes', async () => {
        await stocked();
        await bench.erp.close();
        expect((await read()).fault).toMatchObject({ kind: 'temporary' });
      });
    });

    describe('credentials', () => {
      it('that are refused are a fault of their own, without what is secret', async () => {
        await stocked();
        const secrets = Object.values(bench.erp.connection.poller.credentials);
        bench.erp.faults.credentialsRevoked = true;
        const { fault, figures } = await read();
        expect([figures.size, fault?.kind]).toEqual([0, 'credentials']);
        const said = JSON.stringify([fault, await bench.account().check()]);
        for (const secret of secrets.filter((value) => value.length > 10 && !value.startsWith('http')))
          expect([said.includes(secret), said.includes(encodeURIComponent(secret))]).toEqual([false, false]);
      });

      needs('tokens', 'are renewed where the token ends in the middle of a scan', async () => {
        const all = await stocked();
        let calls = 0;
        bench.onStockCall(() => {
          calls += 1;
          if (calls === 1) bench.erp.faults.next({ kind: 'expire_tokens' }, 1, rig.operation);
        });
        const { figures, fault } = await read();
        expect([fault, sorted(figures)]).toEqual([undefined, sorted(all)]);
      });

      needs('tokens', 'are asked once for a token, and again before it ends', async () => {
        await stocked();
        const account = bench.account();
        await scanned(account);
        await scanned(account);
        expect(bench.erp.log.of('token')).toHaveLength(1);
        bench.clock.forward(3_600_000);
        expect((await scanned(account)).fault).toBeUndefined();
        expect(bench.erp.log.of('token')).toHaveLength(2);
      });
    });

    describe('a scan that rows move under', () => {
      it('does not end well where a page came twice in place of the next one', async () => {
        const all = await stocked();
        let calls = 0;
        bench.onStockCall(() => {
          calls += 1;
          if (calls === 1) bench.erp.faults.next({ kind: 'repeat_page' }, 1, rig.operation);
        });
        const { figures, fault } = await read();
        if (fault === undefined) expect(sorted(figures)).toEqual(sorted(all));
        else expect(fault.kind).toBe('broken_answer');
      });

      needs('moving_rows', 'has every material where one came before the others', async () => {
        const all = await stocked();
        let calls = 0;
        bench.onStockCall(() => {
          calls += 1;
          if (calls === 2) bench.set('0-NEW', '9');
        });
        const { figures, fault } = await read();
        expect(fault).toBeUndefined();
        for (const [key, quantity] of all) expect([key, figures.get(key)]).toEqual([key, quantity]);
      });

      needs('moving_rows', 'says nothing of a material that slipped past it, and the next scan has it', async () => {
        const all = await stocked();
        let calls = 0;
        bench.onStockCall(() => {
          calls += 1;
          if (calls === 2) bench.erp.company.remove({ sku: 'A', warehouse: here });
        });
        const { figures } = await read();
        expect([...figures.values()]).not.toContain('0');
        bench.onStockCall(() => undefined);
        const again = new Map(all);
        again.delete(`A @ ${here}`);
        expect(sorted((await read()).figures)).toEqual(sorted(again));
      });
    });

    it('does not say zero of a material that vanished', async () => {
      await stocked();
      await read();
      bench.erp.company.remove({ sku: 'C', warehouse: here });
      const { figures, fault } = await read();
      expect([fault, figures.has(`C @ ${here}`), [...figures.values()].includes('0')]).toEqual([undefined, false, false]);
    });

    needs('full', 'takes an ERP without any stock for a fault, not for zero', async () => {
      await opened();
      expect(await read()).toMatchObject({ pages: 0, fault: { says: expect.stringMatching(/no stock at all/) as unknown } });
    });

    it('refuses a quantity that is none, with its row, field and reason, and reads the others', async () => {
      await stocked();
      bench.set('BAD', '1.234.567');
      const { rows, refusedRows, fault } = await read();
      const { figures, refused } = new FigureReader({}).read(rows);
      expect([fault, figures.length, figures.some(({ sku }) => sku === 'BAD')]).toEqual([undefined, 6, false]);
      expect([...refusedRows, ...refused]).toEqual([
        {
          row: expect.stringContaining('BAD') as unknown,
          field: expect.stringMatching(/.{3}/) as unknown,
          says: expect.stringMatching(/.{5}/) as unknown,
        },
      ]);
      // The simulator checks what it says against the ERP's own specification.
      bench.erp.log.clear();
    });

    describe('a clock', () => {
      it.each([MOVES_MS, -MOVES_MS])('that is off by %d ms is corrected and shown', async (skewMs) => {
        await stocked(skewMs);
        const { asOf, skewMs: shown } = await read();
        expect(Math.abs((asOf[0] ?? 0) - (bench.clock.now() + skewMs))).toBeLessThanOrEqual(1_000);
        expect(Math.abs((shown[0] ?? 0) - skewMs)).toBeLessThanOrEqual(1_000);
        expect((await bench.account().check()).find(({ name }) => name === 'clock')).toMatchObject({
          ok: false,
          says: expect.stringMatching(/\d+ s/) as unknown,
        });
      });

      it('that is right is said to be', async () => {
        await stocked();
        expect((await read()).skewMs[0]).toBe(0);
      });
    });

    describe('its test', () => {
      const names = ['reachable', 'credentials', 'stock', 'clock'];
      const checks = async () => (await bench.account().check()).map(({ name, ok }) => [name, ok]);

      it('finds everything in order', async () => {
        await stocked();
        const found = await bench.account().check();
        expect(found).toEqual(names.map((name) => ({ name, ok: true, says: expect.stringMatching(/.{5}/) as unknown })));
      });

      it('says what failed', async () => {
        await stocked();
        bench.erp.faults.credentialsRevoked = true;
        expect(await checks()).toEqual(names.map((name) => [name, name === 'reachable']));
        bench.erp.faults.credentialsRevoked = false;
        bench.erp.faults.next({ kind: 'server_error', status: 503 }, 10);
        expect(await checks()).toEqual(names.map((name) => [name, false]));
      });
    });

    it('says which warehouses there are', async () => {
      await stocked();
      expect(await bench.account().warehouses()).toEqual({
        kind: 'warehouses',
        warehouses: expect.arrayContaining(
          [here, there].map((warehouseId) => expect.objectContaining({ warehouseId }) as unknown),
        ) as unknown,
      });
      bench.erp.faults.credentialsRevoked = true;
      expect(await bench.account().warehouses()).toMatchObject({ kind: 'fault', fault: { kind: 'credentials' } });
    });
  });
}
