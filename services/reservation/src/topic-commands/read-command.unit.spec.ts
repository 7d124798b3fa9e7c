import { cloudEvent } from '@holdfast/contracts';
import type { IncomingMessage } from '@holdfast/messaging';
import { readCommand } from './read-command.js';

interface Given {
  readonly id?: string;
  readonly source?: string;
  readonly tenant?: string;
  readonly key?: string;
  readonly type?: string;
  readonly data?: object;
}

function incoming({
  id = 'c-1',
  source = 'urn:shop',
  tenant = 'acme',
  key = 'k',
  type = 'release',
  data = { reservationId: 'r-1' },
}: Given = {}) {
  const value = JSON.stringify(cloudEvent({ id, source, type: `holdfast.reservation.${type}.v1`, at: 0, tenant, data }));
  return { topic: 't', partition: 0, offset: '0', timestamp: 0, headers: {}, key, value } satisfies IncomingMessage;
}

function command(given?: Given) {
  const reading = readCommand(incoming(given));
  if (reading.kind !== 'command') throw new Error(reading.reason.message);
  return reading.command;
}

describe('reading a command', () => {
  it('gives the same message the same id, and any other another', () => {
    expect(command().commandId).toBe(command({ key: 'elsewhere', data: { reservationId: 'r-2' } }).commandId);
    const others = [{ id: 'c-2' }, { source: 'urn:shop:2' }, { tenant: 'acme2' }, { id: 'a|b' }, { source: 'urn:shop|a', id: 'b' }];
    const ids = [{}, ...others, { source: 'urn:shop', id: 'a|b' }].map((given) => command(given).commandId);
    expect(new Set(ids).size).toBe(6);
  });

  it('tells another content by its hash, however the fields are ordered', () => {
    const items = [{ sku: 'A', quantity: 1 }];
    const one = command({ type: 'reserve', data: { orderId: 'o', items } });
    expect(command({ type: 'reserve', data: { items, orderId: 'o' } }).requestHash).toBe(one.requestHash);
    expect(command({ type: 'reserve', data: { items, orderId: 'p' } }).requestHash).not.toBe(one.requestHash);
    expect(command({ type: 'commit' }).requestHash).not.toBe(command().requestHash);
  });

  it('keys a message without a key by what it is about', () => {
    expect(command({ key: '' }).key).toBe('acme|r-1');
    expect(command({ key: '', type: 'reserve', data: { orderId: 'o', items: [{ sku: 'A', quantity: 1 }] } }).key).toBe('acme|o');
    expect(command({ key: 'mine' }).key).toBe('mine');
  });

  it('knows where to answer what it cannot carry out, if the envelope says so', () => {
    expect(readCommand(incoming({ data: {} }))).toMatchObject({
      kind: 'faulty',
      reason: { code: 'schema_violation' },
      address: { tenant: 'acme', source: 'urn:shop', id: 'c-1', kind: 'release', key: 'k' },
    });
    expect(readCommand(incoming({ type: 'explode' }))).toEqual({
      kind: 'faulty',
      reason: { code: 'unknown_message_type', message: expect.any(String) as unknown },
    });
  });

  it('answers nobody whose tenant could reach into the streams of another', () => {
    const reading = readCommand(incoming({ tenant: 'acme.b' }));
    expect(reading).toEqual({
      kind: 'faulty',
      reason: { code: 'schema_violation', message: expect.stringContaining('tenant') as unknown },
    });
    expect(readCommand(incoming({ tenant: 'acme.b', data: {} }))).not.toHaveProperty('address');
  });
});
