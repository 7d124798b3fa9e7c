import { figure } from '../../../test/shops/amazon-account.js';
import { isEan } from './ean.js';
import { zalandoProvider } from './provider.js';
import { outcomesOf } from './push.js';
import type { ZalandoSettings } from './settings.js';

const EAN = '4006381333931';
const settings: ZalandoSettings = { merchantId: 'm', salesChannelIds: ['one', 'two'] };
const answer = (...codes: readonly (number | string)[]) => ({
  results: codes.map((code, index) => ({
    item: { ean: EAN, sales_channel_id: settings.salesChannelIds[index] },
    result: { status: 'S', code, description: 'said' },
  })),
});
const outcome = (body: unknown) => outcomesOf(body, [figure(EAN, 1)], settings, 1_000).get(EAN);

describe('of the updates of a listing', () => {
  it.each([
    ['all taken', answer(0, 0), 'applied'],
    ['codes as texts', answer('0', '0'), 'applied'],
    ['one rejected', answer(0, 101), 'rejected_permanent'],
    ['one failed', answer(102, 0), 'rejected_retryable'],
    ['one rejected and one failed', answer(102, 101), 'rejected_permanent'],
    ['one held', answer(104, 0), 'accepted'],
    ['one not answered', answer(0), 'unknown'],
    ['a code that is not known', answer(0, 999), 'unknown'],
    ['no list at all', {}, 'unknown'],
  ])('%s', (_, body, kind) => expect(outcome(body)).toMatchObject({ kind }));

  it('all taken is not yet seen where the status report tells', () =>
    expect(outcomesOf(answer(0, 0), [figure(EAN, 1)], { ...settings, readBack: 'product_status_report' }, 1_000).get(EAN)).toMatchObject({
      kind: 'accepted',
      reference: 'sent:1000',
    }));

  it('names the sales channel that was refused', () =>
    expect(outcome(answer(0, 101))).toEqual({ kind: 'rejected_permanent', code: '101', says: 'said (sales channel two)' }));
});

it.each([EAN, '5901234123457'])('%s is an EAN', (text) => expect(isEan(text)).toBe(true));
it.each(['4006381333932', '400638133393', '40063813339310', 'x006381333931'])('%s is none', (text) => expect(isEan(text)).toBe(false));

it('settings whose ids are no UUIDs are named', () => {
  const merchantId = 'e18e458a-de38-40ee-8119-4130eed7486a';
  const credentials = { clientId: 'c', clientSecret: 's' };
  expect(zalandoProvider.faults?.({ merchantId, salesChannelIds: [merchantId] }, credentials)).toEqual([]);
  expect(zalandoProvider.faults?.(settings, credentials)).toMatchObject([{ field: 'merchantId' }, { field: 'salesChannelIds' }]);
});
