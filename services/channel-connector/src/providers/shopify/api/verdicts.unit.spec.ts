import { bodyVerdict, costOf, statusVerdict } from './verdicts.js';

const verdict = (body: Parameters<typeof bodyVerdict>[0]): unknown => {
  const asked = bodyVerdict(body);
  return asked.kind === 'data' ? 'data' : [asked.account.kind, asked.mayHaveApplied];
};
const error = (code: string) => ({ errors: [{ message: 'x', extensions: { code } }] });

describe('an answer of status 200', () => {
  it.each([
    ['THROTTLED', ['slow_down', false]],
    ['ACCESS_DENIED', ['unauthorized', false]],
    ['MAX_COST_EXCEEDED', ['narrow', false]],
    ['SHOP_INACTIVE', ['failed', false]],
    ['INTERNAL_SERVER_ERROR', ['failed', true]],
    ['undefinedField', ['failed', false]],
  ])('with the error %s is %j', (code, expected) => expect(verdict(error(code))).toEqual(expected));

  it('is no success beside an error, whatever data it has', () =>
    expect(verdict({ data: { inventorySetQuantities: { userErrors: [] } }, ...error('undefinedField') })).toEqual(['failed', false]));

  it('without data may have taken effect', () => {
    expect(verdict({})).toEqual(['failed', true]);
    expect(verdict({ data: {} })).toBe('data');
  });

  it('that is throttled is asked again when the points are there', () => {
    const cost = { requestedQueryCost: 110, throttleStatus: { currentlyAvailable: 10, restoreRate: 50 } };
    expect(bodyVerdict({ ...error('THROTTLED'), extensions: { cost } })).toMatchObject({ account: { retryAfterMs: 2_000 } });
  });
});

describe('the cost of a query', () => {
  it('is known where the query was refused for it, so that the next one asks for less', () =>
    expect(costOf({ errors: [{ extensions: { code: 'MAX_COST_EXCEEDED', cost: 1_200 } }] })).toEqual({ requestedQueryCost: 1_200 }));

  it('is unknown where nothing is said of it', () => expect(costOf({ errors: 'Not Found' })).toEqual({}));
});

describe('a status', () => {
  it.each([
    [500, 'failed', true],
    [503, 'failed', true],
    [403, 'unauthorized', false],
    [402, 'failed', false],
    [404, 'failed', false],
    [302, 'failed', false],
  ])('%s is %s; may have applied: %s', (status, kind, applied) => {
    const [account, mayHaveApplied] = statusVerdict(status, 'x', 0);
    expect([account.kind, mayHaveApplied]).toEqual([kind, applied]);
  });
});
