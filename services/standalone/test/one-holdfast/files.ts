import { eventually, unique, type RunningHoldfast } from '@holdfast/testing';

type Body = Readonly<Record<string, unknown>>;

/** Files in and out, over the gateway. */
export function files(holdfast: () => RunningHoldfast): void {
  describe('files', () => {
    const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
      const { url, key } = holdfast();
      return fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } });
    };
    const send = (kind: string, text: string, query = ''): Promise<Response> =>
      ask(`/v1/imports?kind=${kind}${query}`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: text });
    /** Follows an import by its events, and asks again where it is cut off, as every reader of events does. @returns how it ended */
    const followed = async (id: unknown): Promise<{ readonly view: Body; readonly lastId: string }> => {
      const ended = async () => {
        const text = await (await ask(`/v1/imports/${String(id)}/events`)).text();
        const last = text.trim().split('\n\n').at(-1) ?? '';
        const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(last)?.[1] ?? '';
        return { view: JSON.parse(field('data')) as Body, lastId: field('id') };
      };
      const found = await eventually(
        () => ended().catch((error: unknown) => String(error)),
        (answer) => typeof answer !== 'string',
      );
      if (typeof found === 'string') throw new Error(found);
      return found;
    };
    const imported = async (kind: string, text: string, query = ''): Promise<Body> => {
      const begun = (await (await send(kind, text, query)).json()) as Body;
      return (await followed(begun['id'])).view;
    };

    const undone = async (id: unknown): Promise<Body> => {
      const begun = (await (await ask(`/v1/imports/${String(id)}/undo`, { method: 'POST' })).json()) as Body;
      return (await followed(begun['id'])).view;
    };

    it('come in over the limit of other bodies, are followed to their end, and go out so that they change nothing', async () => {
      const prefix = unique('FILE');
      const skus = Array.from({ length: 6_000 }, (_none, index) => `${prefix}-${String(index)}`);
      const text = `sku,locationId,quantity,reason\n${skus.map((sku, index) => `${sku},MAIN,${String(index % 9)},first count`).join('\n')}\n`;
      expect(text.length).toBeGreaterThan(200_000);
      expect(await imported('products', `sku,name\n${prefix}-1,=1+1\n${prefix}-2,"two\nlines; or 'so'"\n`)).toMatchObject({ applied: 2 });
      const begun = (await (await send('stock', text)).json()) as Body;
      const { view, lastId } = await followed(begun['id']);
      expect(view).toMatchObject({ status: 'done', lines: 6_000, failed: 0 });
      const again = await ask(`/v1/imports/${String(begun['id'])}/events`, { headers: { 'last-event-id': lastId } });
      expect(again.status).toBe(204);

      const readStock = async (): Promise<string> => (await ask('/v1/exports?kind=stock')).text();
      const stock = await eventually(readStock, (text) => text.includes(`${prefix}-5998,MAIN,4\r\n`));
      const products = await (await ask('/v1/exports?kind=products')).text();
      expect(products).toContain(`${prefix}-1,,,'=1+1,`);
      const locations = await (await ask('/v1/exports?kind=locations')).text();
      for (const [kind, exported] of Object.entries({ stock, products, locations }))
        expect(await imported(kind, exported, '&dryRun=true')).toMatchObject({ applied: 0, failed: 0 });
    });

    it('of stock are taken back, and the undo too, each a step of the certificate that names its import', async () => {
      const sku = unique('FILE');
      const available = async (): Promise<unknown> =>
        ((await (await ask(`/api/inventory/availability/${sku}~MAIN`)).json()) as Body)['quantityAvailable'];
      const stocked = (units: number) => eventually(available, (found) => found === units);
      await imported('stock', `sku,locationId,quantity\n${sku},MAIN,10\n`);
      const file = await imported('stock', `sku,locationId,quantity\n${sku},MAIN,4\n`);
      await stocked(4);
      const taken = await undone(file['id']);
      await stocked(10);
      const again = await undone(taken['id']);
      await stocked(4);
      const certificate = (await (await ask(`/v1/inventory/${sku}/certificate`)).json()) as {
        readonly steps: readonly { readonly data: Body }[];
      };
      const adjustments = certificate.steps.flatMap(({ data }) =>
        data['delta'] === undefined ? [] : [[data['documentId'], data['delta']]],
      );
      expect(adjustments.slice(1)).toEqual([
        [file['id'], -6],
        [taken['id'], 6],
        [again['id'], -6],
      ]);
    });

    it('of orders hold units, and go out so that they change nothing', async () => {
      const [sku, order] = [unique('FILE'), unique('ORDER')];
      await imported('stock', `sku,locationId,quantity\n${sku},MAIN,10\n`);
      const lines = `${order}-1,${sku},2,shipped,2026-02-01T09:00:00Z\n${order}-2,${sku},3,open,2026-02-02T09:00:00Z\n`;
      const file = await imported('orders', `orderId,sku,quantity,state,orderedAt\n${lines}`);
      expect(file).toMatchObject({ applied: 2, failed: 0 });
      const available = async (): Promise<unknown> =>
        ((await (await ask(`/api/inventory/availability/${sku}~MAIN`)).json()) as Body)['quantityAvailable'];
      const demand = (await (await ask(`/v1/demand?sku=${sku}&period=month`)).json()) as Body;
      expect(demand['demand']).toMatchObject([{ ordered: 5, shipped: 2 }]);
      expect(await imported('orders', await (await ask('/v1/exports/orders')).text())).toMatchObject({ applied: 0, failed: 0 });
      await eventually(available, (units) => units === 7);
      await undone(file['id']);
      await eventually(available, (units) => units === 10);
    });

    it('of mappings follow the rules of mappings, and go out so that they change nothing', async () => {
      const [sku, channel] = [unique('FILE'), unique('shop')];
      const put = { method: 'PUT', headers: { 'content-type': 'application/json' } };
      // Nobody listens there, and with no figure of the SKUs nothing is told.
      const settings = JSON.stringify({ webhook: { url: 'http://127.0.0.1:9/hook' } });
      expect(await (await ask(`/sales-channel/channels/${channel}`, { ...put, body: settings })).json()).toMatchObject({
        channelId: channel,
      });
      const mappings = async (): Promise<unknown> =>
        ((await (await ask(`/sales-channel/channels/${channel}/mappings`)).json()) as Body)['mappings'];
      const text = [
        'sku,channelId,listingId,conflictStrategy',
        `${sku}-1,${channel},L-1,lower_wins`,
        `${sku}-2,${channel},L-1,`,
        `${sku}-3,nowhere,L-3,`,
        `${sku}-4,${channel},,`,
        `${sku}-5,${channel},L-5,`,
        '',
      ].join('\n');
      expect(await imported('mappings', text, '&dryRun=true')).toMatchObject({ applied: 3, failed: 2 });
      const file = await imported('mappings', text);
      expect(file).toMatchObject({ applied: 2, failed: 3 });
      const failed = (await (await ask(`/v1/imports/${String(file['id'])}/lines?result=failed`)).json()) as { lines: readonly Body[] };
      expect(failed.lines.map(({ line, code }) => [line, code])).toEqual([
        [3, 'listing_already_mapped'],
        [4, 'unknown_channel'],
        [5, 'validation_failed'],
      ]);
      expect(await mappings()).toMatchObject([
        { sku: `${sku}-1`, listingId: 'L-1', conflictStrategy: 'lower_wins' },
        { sku: `${sku}-5`, listingId: 'L-5', conflictStrategy: null },
      ]);
      const exported = await (await ask(`/v1/exports/mappings?channelId=${channel}`)).text();
      expect(await imported('mappings', exported)).toMatchObject({ lines: 2, unchanged: 2 });

      await imported('mappings', `sku,channelId,listingId\n${sku}-5,${channel},L-6\n`);
      expect(await undone(file['id'])).toMatchObject({ applied: 1, failed: 1 });
      expect(await mappings()).toMatchObject([{ sku: `${sku}-5`, listingId: 'L-6' }]);
    });

    it('are refused of an unknown kind, and where there is no import to follow', async () => {
      expect(((await (await ask('/v1/exports?kind=bananas')).json()) as Body)['code']).toBe('validation_failed');
      const nothing = '/v1/imports/00000000-0000-4000-8000-000000000000/events';
      expect(((await (await ask(nothing)).json()) as Body)['code']).toBe('unknown_import');
    });
  });
}
