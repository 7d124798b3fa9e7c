import { spawnSync } from 'node:child_process';
import { ServiceUnderTest } from './service.js';

const CHECKER = `${process.cwd()}/tools/check-certificate/check-certificate.mjs`;
const check = (certificate: unknown) =>
  spawnSync(process.execPath, [CHECKER, '-'], { input: JSON.stringify(certificate), encoding: 'utf8' });

describe('the certificate of a SKU', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await ServiceUnderTest.start();
  });
  afterAll(() => service.stop());

  const certificate = (sku: string, options: object = {}) =>
    service.call('GET', `/v1/inventory/${sku}/certificate`, undefined, { permissions: ['inventory.read'], ...options });

  it('of a rush of buyers is true by the checker, which shares no code with Holdfast', async () => {
    await service.stock('rush', 50);
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, index) => service.reserve({ items: [{ sku: 'rush', quantity: 1 }], orderId: `buyer-${index}` })),
    );
    const held = answers.filter(({ status }) => status === 201).map(({ body }) => body['reservationId']);
    await Promise.all(held.map((id, index) => service.wish(index % 2 === 0 ? 'commit' : 'release', id, {})));

    const { status, body } = await certificate('rush');
    expect(status).toBe(200);
    expect(body).toMatchObject({ form: 'holdfast.certificate.v1', tenant: 'acme', sku: 'rush', promises: 50, holds: true });
    const checked = check(body);
    expect(checked.stderr).toBe('');
    expect(checked.stdout).toContain(`50 promises, none oversold; head ${String(body['head'])}`);
    expect(
      (await service.call('GET', '/v1/inventory/rush/certificate?revision=1', undefined, { permissions: ['inventory.read'] })).body,
    ).toMatchObject({
      stepCount: 2,
    });
  });

  it('is not for other tenants, nor without the permission, nor of a SKU that nobody knows', async () => {
    await service.stock('mine', 1);
    expect(await certificate('mine', { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await certificate('mine', { permissions: ['reservations.write'] })).toMatchObject({ status: 403 });
    expect(await certificate('nobody')).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
  });
});
