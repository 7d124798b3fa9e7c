import { parseErpMessage } from './erp-message.js';

const level = (data: Readonly<Record<string, unknown>> = {}, envelope: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    specversion: '1.0',
    id: 'm-1',
    source: 'erp/main',
    type: 'holdfast.erp.level.v1',
    time: '2026-03-01T08:00:00Z',
    datacontenttype: 'application/json',
    tenant: 'demo',
    data: {
      type: 'level',
      messageId: 'm-1',
      connectionId: 'sap',
      warehouseId: '0001',
      sku: 'TEE-1',
      quantity: 5,
      asOf: '2026-03-01T07:59:00+01:00',
      ...data,
    },
    ...envelope,
  });

const issue = (data: Readonly<Record<string, unknown>>): string =>
  level({ type: 'issue', asOf: undefined, postedAt: '2026-03-01T07:59:00Z', ...data }, { type: 'holdfast.erp.issue.v1' });

const refusal = (json: string | null): string => {
  const parsed = parseErpMessage(json);
  return parsed.ok ? 'accepted' : `${parsed.code}: ${parsed.message}`;
};

describe('reading a message of the ERP topic', () => {
  it('accepts a level, also a negative one', () => {
    expect(parseErpMessage(level({ quantity: -3 }))).toMatchObject({ ok: true, message: { tenant: 'demo', data: { quantity: -3 } } });
  });

  it('trims blanks around SKU and warehouse', () => {
    expect(parseErpMessage(level({ sku: ' TEE 1 ', warehouseId: '0001 ' }))).toMatchObject({
      ok: true,
      message: { data: { sku: 'TEE 1', warehouseId: '0001' } },
    });
  });

  it('keeps the document composed', () =>
    expect(parseErpMessage(issue({ documentId: 'Gro\u0308ße ' }))).toMatchObject({
      ok: true,
      message: { data: { documentId: 'Gr\u00f6ße' } },
    }));

  it('lets extension attributes of the envelope pass', () => expect(refusal(level({}, { traceparent: '00-1-2-00' }))).toBe('accepted'));

  it.each([
    ['no body', null, 'not_json: the message has no body; send a CloudEvent as JSON'],
    ['half a message', level().slice(0, 40), 'not_json: the message is not JSON'],
    ['a list', '[]', 'schema_violation: the message must be a JSON object'],
    ['another type', level({}, { type: 'holdfast.erp.count.v1' }), 'unknown_message_type: type must be one of holdfast.erp.level.v1'],
    ['a type that its data contradicts', level({ type: 'issue' }), 'schema_violation: data.type must be "level"'],
    ['no tenant', level({}, { tenant: undefined }), 'schema_violation: tenant is required'],
    ['a fraction', level({ quantity: 1.5 }), 'schema_violation: data.quantity must be a whole number'],
    ['a number in quotes', level({ quantity: '5' }), 'schema_violation: data.quantity must be a whole number'],
    ['more than a message may carry', level({ quantity: 1e12 }), 'schema_violation: data.quantity must be at most 1000000000'],
    ['a day that no calendar has', level({ asOf: '2026-02-30T00:00:00Z' }), 'schema_violation: data.asOf must be a time such as'],
    ['an hour that no day has', level({ asOf: '2026-02-03T24:00:00Z' }), 'schema_violation: data.asOf must be a time such as'],
    ['a time without its offset', level({ asOf: '2026-02-03T00:00:00' }), 'schema_violation: data.asOf must be a time such as'],
    ['a tenant with a dot', level({}, { tenant: 'demo.eu' }), 'schema_violation: tenant must be 1 to 63 letters'],
    ['an id with NUL', level({ messageId: 'm\0' }), 'schema_violation: data.messageId must not hold the character NUL'],
    ['half a character', level({ documentId: '\ud800' }), 'schema_violation: data.documentId must not hold half of a surrogate pair'],
    ['an attribute with NUL', level({}, { source: 'erp\0' }), 'schema_violation: source must not hold the character NUL'],
    ['a SKU that a spreadsheet changed', level({ sku: '4.06361E+12' }), 'data.sku is a number that a spreadsheet changed'],
    ['a SKU that is a step of a path', level({ sku: '..' }), 'data.sku must not be . or ..'],
    ['a misspelt field', level({ asof: '2026-02-03T00:00:00Z' }), 'schema_violation: data.asof is not a field of this message'],
    ['an empty SKU', level({ sku: '  ' }), 'schema_violation: data.sku must not be empty'],
    ['a SKU with a line break', level({ sku: 'a\nb' }), 'schema_violation: data.sku must be a string of 1 to 100 letters'],
    ['a SKU that is too long', level({ sku: 'a'.repeat(101) }), 'schema_violation: data.sku must have at most 100 characters'],
  ])('refuses %s and says what would be right', (_, json, expected) => expect(refusal(json)).toContain(expected));

  it('refuses a receipt of nothing', () => {
    const receipt = level(
      { type: 'receipt', asOf: undefined, postedAt: '2026-03-01T07:59:00Z', quantity: 0 },
      { type: 'holdfast.erp.receipt.v1' },
    );
    expect(refusal(receipt)).toContain('data.quantity must be at least 1');
  });
});
