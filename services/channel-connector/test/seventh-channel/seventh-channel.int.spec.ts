import { PROVIDERS } from '../../src/providers/registry.js';
import { smallRig } from './small-rig.js';
import { providerContract } from '../contract/provider-contract.js';
import { smallProvider } from './small-provider.js';

const CHANNEL = '/sales-channel/channels/corner';

const run = providerContract(smallRig, [...PROVIDERS, smallProvider]);

const put = (credentials: object) => run.connector.put(CHANNEL, { provider: 'small', settings: run.vendor.account.settings, credentials });
const test = async () => {
  const { body } = await run.connector.post(`${CHANNEL}/test`, {});
  return (body['checks'] as { readonly name: string; readonly ok: boolean }[]).map(({ name, ok }) => [name, ok]);
};

describe('a kind of channel that is one folder and one line in the registry', () => {
  it('is among the kinds that the API answers, from which the console offers them', async () => {
    const { body } = await run.connector.get('/sales-channel/channels');
    expect(body['providers']).toEqual([...PROVIDERS.map(({ name }) => name), 'small']);
  });

  it('is checked by its own classes when it is set up', async () => {
    const { status, body } = await put({});
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('credentials.key')]);
  });

  it('says in its test that the key is refused', async () => {
    expect((await put({ key: 'another' })).status).toBe(200);
    expect(await test()).toEqual([
      ['reachable', true],
      ['token', false],
    ]);
  });

  it('never answers its credentials', async () => {
    const { body } = await run.connector.get(CHANNEL);
    expect(body['credentials']).toEqual(['key']);
    expect(JSON.stringify(body)).not.toContain('another');
  });

  it('is discovered', async () => {
    await put(run.vendor.account.credentials);
    const [listingId = ''] = run.vendor.addListings(['AAA']);
    const { status, body } = await run.connector.post(`${CHANNEL}/discover`, {}, { key: 'discover-corner' });
    expect(status).toBe(202);
    const discovery = `${CHANNEL}/discoveries/${String(body['discoveryId'])}`;
    await run.time.until(async () => (await run.connector.get(discovery)).body['status'] === 'done');
    expect(JSON.stringify((await run.connector.get(discovery)).body)).toContain(listingId);
  });
});
