import { Api, eventually } from '@holdfast/testing';
import { OPERATOR_KEY, signedIn, type Around } from '../around.js';
import { lookAt } from '../browser.js';

export function operations(around: Around): void {
  describe('dead letters', () => {
    it('are mended and sent again; one that would fail again stays, with the reason', async () => {
      const { url, key } = around.holdfast();
      const api = new Api(url, key);
      await api.post('/api/locations', { locationId: 'BER', name: 'Berlin warehouse', kind: 'warehouse', priority: 10 });
      await api.put('/v1/erp/connections/ledger', { name: 'Ledger', system: 'test', autoMap: false });
      await api.put('/v1/erp/warehouse-mappings', { connectionId: 'ledger', mappings: [{ warehouseId: 'L-1', locationId: 'BER' }] });
      const level = {
        ...{ type: 'level', messageId: 'dead-1', connectionId: 'ledger', warehouseId: 'L-1', sku: 'INK-1', quantity: 4 },
        asOf: new Date().toISOString(),
      };
      for (const quantity of [4, 9]) await api.post('/v1/erp/messages', { messages: [{ ...level, quantity }] });

      const page = await signedIn(around, key, '/app/dead-letters');
      await page.getByText('message_id_reused').waitFor();
      expect(await lookAt(page, 'dead-letters')).toEqual([]);
      await page.getByRole('button', { name: /^Mend/ }).click();
      const dialog = page.getByRole('dialog');
      const message = dialog.getByLabel('Message as JSON');
      const sent = async (text: string): Promise<void> => {
        await message.fill(text);
        await dialog.getByRole('button', { name: 'Send again' }).click();
      };
      for (const wrong of ['{ broken', JSON.stringify({ ...level, quantity: 'many' })]) {
        await sent(wrong);
        await dialog.locator('[name=message][aria-invalid=true]').waitFor();
      }
      expect(await lookAt(page, 'dead-letter')).toEqual([]);
      await sent(JSON.stringify({ ...level, quantity: 9, messageId: 'dead-2', asOf: new Date().toISOString() }));
      await page.getByRole('status').getByText('Sent again').waitFor();
      await page.getByText('No dead letters').waitFor();
      await eventually(
        async () => ((await api.get('/api/products/INK-1/inventory-levels')).body as { totalOnHand?: number }).totalOnHand,
        (units) => units === 9,
      );
    });
  });

  describe('operations', () => {
    it('say how far behind the read models are, and whose a rebuild is', async () => {
      const page = await signedIn(around, around.holdfast().key, '/app/operations');
      await page.getByText(/✓ event store/).waitFor();
      await page.getByText('installation.rebuild', { exact: true }).waitFor();
      await page.getByText('Readers of the live stream').waitFor();
      expect(await lookAt(page, 'operations')).toEqual([]);
    });

    it('let the operator rebuild the read models, and show nothing of a tenant', async () => {
      const page = await signedIn(around, OPERATOR_KEY, '/app/operations');
      await page.getByText('operations.read', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Rebuild' }).click();
      await page.getByText('The live tables said the same as the events.').waitFor();
      expect(await lookAt(page, 'operations-rebuild')).toEqual([]);
    });
  });
}
