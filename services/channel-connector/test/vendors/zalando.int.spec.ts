import { zalandoRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../contract/provider-contract.js';

const run = providerContract(zalandoRig);

describe('a Zalando channel', () => {
  it('refuses a merchant id that is no UUID, by name of the field', async () => {
    const { account } = run.vendor;
    const settings = { ...account.settings, merchantId: 'shop' };
    const { status, body } = await run.connector.put('/sales-channel/channels/other', { provider: 'zalando', ...account, settings });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('merchantId')]);
  });
});
