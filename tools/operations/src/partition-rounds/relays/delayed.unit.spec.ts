import { finished } from 'node:stream/promises';
import { Delayed } from './delayed.js';

/** Everything that came out, and when. */
const watched = (stream: Delayed): { readonly text: () => string; readonly at: number[] } => {
  let text = '';
  const at: number[] = [];
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    at.push(performance.now());
  });
  return { text: () => text, at };
};

describe('bytes that come late', () => {
  it('pass at once without a delay', () => {
    const stream = new Delayed(() => 0);
    const { text } = watched(stream);
    stream.write('a');
    stream.write('b');
    expect(stream.read()).toBeNull();
    stream.end();
    return finished(stream).then(() => expect(text()).toBe('ab'));
  });

  it('keep their order when the delay ends between them, and the end waits for them', async () => {
    let ms = 60;
    const stream = new Delayed(() => ms);
    const { text, at } = watched(stream);
    const began = performance.now();
    stream.write('first ');
    ms = 0;
    stream.write('second ');
    stream.end('third');
    await finished(stream);
    expect(text()).toBe('first second third');
    // Timers count whole milliseconds.
    expect((at[0] ?? 0) - began).toBeGreaterThanOrEqual(59);
  });

  it('hold up those behind them by their own delay only, not by the sum', async () => {
    const stream = new Delayed(() => 300);
    const { at } = watched(stream);
    for (let sent = 0; sent < 100; sent += 1) stream.write(String(sent));
    const began = performance.now();
    stream.end();
    await finished(stream);
    expect(at).toHaveLength(100);
    // One after the other they would take 30 s.
    expect((at.at(-1) ?? 0) - began).toBeLessThan(15_000);
  });
});
