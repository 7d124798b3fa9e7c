import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { jest } from '@jest/globals';
import { Followers } from './followers.js';
import type { ImportView } from './import.dto.js';
import type { ImportsService } from './imports.service.js';

class FakeResponse extends EventEmitter {
  text = '';
  writableEnded = false;
  destroyed = false;
  writableNeedDrain = false;
  writableLength = 0;
  writeHead = (): void => undefined;
  getHeaders = (): object => ({});
  write = (text: string): void => void (this.text += text);
  end = (): void => {
    this.writableEnded = true;
    this.emit('close');
  };
  destroy = (): void => void (this.destroyed = true);
}

const at = (applied: number, finishedAt: string | null = null): ImportView =>
  ({ id: 'i', status: finishedAt === null ? 'running' : 'done', applied, unchanged: 0, failed: 0, finishedAt }) as ImportView;

/** Followers of an import that is so each time it is looked at. */
function following(...views: readonly ImportView[]) {
  let looks = 0;
  const view = (): Promise<ImportView> => {
    const found = views[Math.min(looks, views.length - 1)];
    looks += 1;
    return found === undefined ? Promise.reject(new Error('away')) : Promise.resolve(found);
  };
  return new Followers({ view } as unknown as ImportsService);
}

describe('following an import', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const follow = async (
    followers: Followers,
    lastEventId?: string,
  ): Promise<{ readonly added: boolean; readonly response: FakeResponse }> => {
    const response = new FakeResponse();
    const added = await followers.add(() => response as unknown as ServerResponse, 'acme', 'i', lastEventId);
    await jest.advanceTimersByTimeAsync(5_000);
    return { added, response };
  };
  const ids = ({ text }: FakeResponse): readonly string[] => [...text.matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id);

  it('tells each step once, and ends with the import', async () => {
    const { response } = await follow(following(at(0), at(0), at(2), at(2), at(5, 'now')));
    expect(ids(response)).toEqual(['running-0', 'running-2', 'done-5']);
    expect(response.writableEnded).toBe(true);
  });

  it('goes on behind what the reader has, and tells nothing where nothing is left', async () => {
    expect(ids((await follow(following(at(2), at(5, 'now')), 'running-2')).response)).toEqual(['done-5']);
    const { added, response } = await follow(following(at(5, 'now')), 'done-5');
    expect([added, response.text]).toEqual([false, '']);
  });

  it('is refused to the hundred and first, until one leaves', async () => {
    const followers = following(at(0));
    const readers = await Promise.all(Array.from({ length: 100 }, () => follow(followers)));
    await expect(follow(followers)).rejects.toMatchObject({ status: 503, code: 'too_many_readers' });
    readers[0]?.response.emit('close');
    expect((await follow(followers)).added).toBe(true);
    followers.beforeApplicationShutdown();
    expect(readers[1]?.response.writableEnded).toBe(true);
  });
});
