import { MemoryEventStore } from '@holdfast/event-store';
import { uuidOf } from '@holdfast/platform';
import { aroundStore } from '../../test/around-store.js';
import { ChannelDirectory } from './channel-directory.js';

describe('the directory of channels', () => {
  const store = new MemoryEventStore();
  const enable = (tenant: string, channelId: string, expected: number) =>
    store.append(`channels-${tenant}`, expected, [
      {
        id: uuidOf(`${tenant} ${channelId}`),
        type: 'ChannelEnabled.v1',
        data: { channelId, name: channelId, channelType: 'webhook', policy: {} },
        metadata: { tenant, at: 0, commandId: 'any' },
      },
    ]);

  it('knows a channel from the moment it was made, and nobody else’s', async () => {
    const directory = new ChannelDirectory(store);
    expect(await directory.has('acme', 'web')).toBe(false);
    await enable('acme', 'web', -1);
    expect(await directory.has('acme', 'web')).toBe(true);
    expect(await directory.has('acme', 'app')).toBe(false);
    await enable('acme', 'app', 0);
    expect(await directory.has('acme', 'app')).toBe(true);
    expect(await directory.has('other', 'web')).toBe(false);
  });

  it('asks the store only for what it does not know', async () => {
    let reads = 0;
    const directory = new ChannelDirectory(
      aroundStore(store, {
        readStream: (stream) => {
          reads += 1;
          return store.readStream(stream);
        },
      }),
    );
    await directory.has('acme', 'web');
    await directory.has('acme', 'web');
    await directory.has('acme', 'app');
    expect(reads).toBe(1);
  });
});
