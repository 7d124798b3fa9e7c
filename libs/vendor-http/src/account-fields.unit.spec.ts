import { accountAddressFaults, accountFaults, missingCredentials } from './account-fields.js';

const fieldsOf = (faults: readonly { readonly field: string }[]): readonly string[] => faults.map(({ field }) => field);

describe('texts of an account', () => {
  it.each(['a\tb', 'a\nb', 'a\rb', 'a\u001bb', 'a\u007fb', 'a\u0085b'])('hold no control character: %j', (text) => {
    expect(accountFaults({ accessToken: text })).toEqual([
      { field: 'accessToken', message: 'must not hold control characters, such as line breaks and tabs; copy it again without them' },
    ]);
    expect(fieldsOf(accountFaults({ locations: [{ remoteId: 'fine' }, { remoteId: text }] }))).toEqual(['locations[1].remoteId']);
  });

  it.each(['https://erp.example/?a=1', 'https://erp.example/#a', 'https://erp.example/?', 'https://erp.example#'])(
    'hold no query and no fragment in an address that calls are appended to: %s',
    (url) => {
      expect(fieldsOf(accountFaults({ baseUrl: url, tokenUrl: url, queue: { endpoint: url } }))).toEqual([
        'baseUrl',
        'tokenUrl',
        'queue.endpoint',
      ]);
      expect(accountFaults({ url })).toEqual([]);
    },
  );

  it('may be anything else', () =>
    expect(accountFaults({ baseUrl: 'https://erp.example:8443/rest', password: 'p?#ß 1', skus: ['A#1'], size: 7, on: true })).toEqual([]));
});

it('addresses of an account are checked wherever they stand', async () => {
  const fields = { settings: { baseUrl: 'http://127.0.0.1/', queue: { queueUrl: 'ftp://a' }, name: 'http://127.0.0.1/' } };
  expect(fieldsOf(await accountAddressFaults(fields, { allowPrivateAddresses: false }))).toEqual([
    'settings.baseUrl',
    'settings.queue.queueUrl',
  ]);
});

describe('credentials that are left out', () => {
  const stored = { clientId: 'i', clientSecret: 's', tokenUrl: 'https://erp.example/token' };
  const missing = (before: object, after: object, given: object = {}): readonly string[] =>
    fieldsOf(missingCredentials({ ...before }, { ...after }, stored, { ...given }));

  it.each([
    ['the same address', { baseUrl: 'https://erp.example' }, { baseUrl: 'https://erp.example/rest' }],
    ['the default port', { baseUrl: 'https://erp.example' }, { baseUrl: 'https://ERP.example:443' }],
    [
      'an address within the known ones',
      { baseUrl: 'https://erp.example' },
      { baseUrl: 'https://erp.example', tokenUrl: 'https://erp.example/t' },
    ],
    ["back to the vendor's own address", { baseUrl: 'https://erp.example' }, {}],
    ['another webhook, which is sent none', { url: 'https://erp.example' }, { url: 'https://other.example' }],
  ])('stay for %s', (_, before, after) => expect(missing(before, after)).toEqual([]));

  it.each([
    ['another host', { baseUrl: 'https://erp.example' }, { baseUrl: 'https://other.example' }],
    ['another port', { baseUrl: 'https://erp.example' }, { baseUrl: 'https://erp.example:8443' }],
    ['an address without TLS', { baseUrl: 'https://erp.example' }, { baseUrl: 'http://erp.example' }],
    ["another address than the vendor's own", {}, { baseUrl: 'https://other.example' }],
    [
      'a token that is asked for elsewhere',
      { baseUrl: 'https://erp.example' },
      { baseUrl: 'https://erp.example', tokenUrl: 'https://other.example' },
    ],
    ['a host further inside', { settings: { baseUrl: 'https://erp.example' } }, { settings: { baseUrl: 'https://other.example' } }],
  ])('are needed again for %s', (_, before, after) => {
    expect(missing(before, after)).toEqual(['credentials.clientId', 'credentials.clientSecret']);
    expect(missing(before, after, { clientSecret: 'new' })).toEqual(['credentials.clientId']);
    expect(missing(before, after, { clientId: null, clientSecret: 'new' })).toEqual([]);
  });
});
