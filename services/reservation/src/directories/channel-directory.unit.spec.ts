import { MemoryEventStore } from '@holdfast/event-store';
import { uuidOf } from '@holdfast/kit';
import { aroundStore } from '../../test/around-store.js';
import { ChannelDirectory } from './channel-directory.js';

describe('the directory of channels', () => {
  const store = new MemoryEventStore();
  let now = 0;
  const clock = { now: () => now };
  const enable = (tenant: string, channelId: string, expected: number) =>
    store.append(`channels-${tenant}`, expected, [
      {
        id: uuidOf(`${tenant} ${channelId}`),
        type: 'ChannelEnabled.v1',
        data: { channelId, name: channelId, channelType: 'webhook', policy: {} },
        metadata: { tenant, at: 0, commandId: 'any' },
      },
    ]);

  const has = async (directory: ChannelDirectory, tenant: string, channelId: string): Promise<boolean> =>
    (await directory.find(tenant, channelId)) !== undefined;

  it('knows a channel from the moment it was made, and nobody else’s', async () => {
    const directory = new ChannelDirectory(store, clock);
    expect(await has(directory, 'acme', 'web')).toBe(false);
    await enable('acme', 'web', -1);
    expect(await has(directory, 'acme', 'web')).toBe(true);
    expect(await has(directory, 'acme', 'app')).toBe(false);
    await enable('acme', 'app', 0);
    expect(await has(directory, 'acme', 'app')).toBe(true);
    expect(await has(directory, 'other', 'web')).toBe(false);
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
      clock,
    );
    await directory.find('acme', 'web');
    await directory.find('acme', 'web');
    await directory.find('acme', 'app');
    expect(reads).toBe(1);
  });

  it('knows what became of a channel a second later', async () => {
    const directory = new ChannelDirectory(store, clock);
    expect((await directory.find('acme', 'web'))?.enabled).toBe(true);
    await store.append('channels-acme', 1, [
      { id: uuidOf('off'), type: 'ChannelDisabled.v1', data: { channelId: 'web' }, metadata: { tenant: 'acme', at: 0, commandId: 'any' } },
    ]);
    expect((await directory.find('acme', 'web'))?.enabled).toBe(true);
    now += 1_000;
    expect((await directory.find('acme', 'web'))?.enabled).toBe(false);
  });
});
