import { operations } from '../src/operation-table.js';
import { clientOf } from './answers.js';
import { everyOperation } from './generated/every-operation.js';

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, 'a%20\\w+')}(\\?|$)`);

describe('every operation', () => {
  it('is a method that takes what the document says', () => expect(operations().map(({ id }) => id)).toEqual(Object.keys(everyOperation)));

  it.each(operations().map((operation) => [operation.id, operation] as const))('%s asks what the document says', async (id, operation) => {
    const { holdfast, sent } = clientOf([{ status: 204 }], { key: 'hf_key', url: '' });
    const asked = everyOperation[id as keyof typeof everyOperation](holdfast);
    if ('then' in asked) await asked;
    else for await (const event of asked) throw new Error(`there is no event ${String(event)}`);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.method).toBe(operation.method);
    expect(sent[0]?.url).toMatch(patternOf(operation.path));
    expect(sent[0]?.headers.has('idempotency-key')).toBe(operation.repeat === 'key');
    expect(sent[0]?.body === undefined).toBe(operation.body === undefined);
  });
});
