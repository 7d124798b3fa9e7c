import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { jest } from '@jest/globals';
import { EventStream } from './event-stream.js';

class FakeResponse extends EventEmitter {
  readonly writes: string[] = [];
  writableEnded = false;
  destroyed = false;
  writableNeedDrain = false;
  writableLength = 0;
  writeHead = (): void => undefined;
  getHeaders = (): object => ({});
  write = (text: string): void => void this.writes.push(text);
  get text(): string {
    return this.writes.join('');
  }
  end = (): void => void (this.writableEnded = true);
  destroy = (): void => void (this.destroyed = true);
}

const open = (): { response: FakeResponse; stream: EventStream } => {
  const response = new FakeResponse();
  return { response, stream: new EventStream(response as unknown as ServerResponse) };
};

describe('server-sent events', () => {
  it('carry id, topic and data', () => {
    const { response, stream } = open();
    stream.send([{ id: 't1', event: 'inventory.atp.v1', data: '{"a":1}' }]);
    expect(response.text).toBe(': connected\n\nid: t1\nevent: inventory.atp.v1\ndata: {"a":1}\n\n');
  });

  it('that come together are written at once, and none is nothing', () => {
    const { response, stream } = open();
    stream.send([]);
    stream.send(['t1', 't2'].map((id) => ({ id, event: 'x', data: '{}' })));
    expect(response.writes).toEqual([': connected\n\n', 'id: t1\nevent: x\ndata: {}\n\nid: t2\nevent: x\ndata: {}\n\n']);
  });

  it('are kept alive by comments until the reader leaves', () => {
    jest.useFakeTimers();
    try {
      const { response, stream } = open();
      jest.advanceTimersByTime(30_000);
      expect(response.text).toBe('');
      stream.begin();
      stream.begin();
      jest.advanceTimersByTime(30_000);
      expect(response.text).toBe(': connected\n\n: still here\n\n: still here\n\n');
      response.emit('close');
      jest.advanceTimersByTime(30_000);
      expect(response.text.match(/still here/g)).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('wait for a reader that is behind, or until it is gone', async () => {
    const { response, stream } = open();
    await stream.drained();
    response.writableNeedDrain = true;
    const drained = stream.drained();
    response.emit('drain');
    await drained;
    const left = stream.drained();
    response.emit('close');
    await left;
    expect(response.listenerCount('drain')).toBe(0);
  });

  it('wait a moment for a reader that is a megabyte behind, and no longer', async () => {
    const { response, stream } = open();
    expect(await stream.keepsUp(10)).toBe(true);
    response.writableLength = 2 ** 20 + 1;
    expect(await stream.keepsUp(10)).toBe(false);
    const waiting = stream.keepsUp(10_000);
    response.writableLength = 0;
    response.emit('drain');
    expect(await waiting).toBe(true);
    stream.cut();
    expect(response.destroyed).toBe(true);
  });

  it('are written to nobody who has left', () => {
    const { response, stream } = open();
    stream.end();
    stream.send([{ id: 't1', event: 'x', data: '{}' }]);
    expect(response.text).toBe(': connected\n\n');
  });
});
