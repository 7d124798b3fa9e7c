import { jest } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErpStockMessage } from '../messages.js';
import { messageReader } from './message-reader.js';

describe('a reader of messages', () => {
  it('compiles its schemas at once when it is told to, none for a message', () => {
    const compile = jest.spyOn(Ajv2020.prototype, 'compile');
    const reader = messageReader<ErpStockMessage>(['holdfast.erp.level.v1', 'holdfast.erp.issue.v1'], (data) => data);
    reader.compile();
    expect(compile).toHaveBeenCalledTimes(2);
    expect(reader.check({ type: 'holdfast.erp.level.v1' })).toMatchObject({ ok: false, code: 'schema_violation' });
    expect(reader.check({ type: 'holdfast.erp.issue.v1' })).toMatchObject({ ok: false, code: 'schema_violation' });
    expect(compile).toHaveBeenCalledTimes(2);
    compile.mockRestore();
  });
});
