import type { Repository } from 'typeorm';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeys, hashOf } from './api-keys.js';

const good = hashOf('hf_good');
const row = { id: 'key_1', tenant: 'demo', hash: good, roles: ['admin'], permissions: [], revokedAt: null, expiresAt: null };

describe('looking up API keys', () => {
  it('forgets no key that works for any number of keys that do not exist', async () => {
    let lookups = 0;
    const repository = {
      findBy: () => {
        lookups += 1;
        return Promise.resolve(lookups === 1 ? [row] : []);
      },
    } as unknown as Repository<ApiKey>;
    const keys = new ApiKeys(repository, () => 0);
    await keys.callerOf(good);
    await Promise.all(Array.from({ length: 25_000 }, (_, index) => keys.callerOf(hashOf(`hf_${index}`)).catch(() => undefined)));
    expect(keys.fresh(good)).toMatchObject({ tenant: 'demo', subject: 'key_1' });
    expect(keys.isKnown(hashOf('hf_7'))).toBe(false);
    keys.forget('key_2');
    expect(keys.isKnown(good)).toBe(true);
    keys.forget('key_1');
    expect(keys.isKnown(good)).toBe(false);
  });
});
