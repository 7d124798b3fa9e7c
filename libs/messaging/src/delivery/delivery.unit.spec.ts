import type { ConsumeOptions, IncomingMessage, MessageBatch, OutgoingMessage } from '../port.js';
import { BusUnavailable } from '../port.js';
import { Delivery } from './delivery.js';

const messages = (count: number): IncomingMessage[] =>
  Array.from({ length: count }, (_, offset) => ({
    topic: 't',
    partition: 0,
    offset: String(offset),
    timestamp: 1,
    headers: {},
    key: `k${offset}`,
    value: `v${offset}`,
  }));

/** Delivers until nothing is left, as an adapter would, without waiting. */
async function deliverAll(
  count: number,
  onBatch: (batch: MessageBatch) => Promise<void>,
  more: Partial<ConsumeOptions> & { publish?: (letters: readonly OutgoingMessage[]) => Promise<void>; withoutDeadLetters?: true } = {},
) {
  const letters: OutgoingMessage[] = [];
  const pauses: number[] = [];
  const faults: unknown[] = [];
  const publish = async (_topic: string, published: readonly OutgoingMessage[]): Promise<void> => {
    await more.publish?.(published);
    letters.push(...published);
  };
  const delivery = new Delivery(
    publish,
    {
      group: 'g',
      topics: ['t'],
      ...(more.withoutDeadLetters ? {} : { deadLetterTopic: 'dlq' }),
      onBatch,
      onFault: (error) => faults.push(error),
      ...more,
    },
    't',
    0,
  );
  let left = messages(count);
  for (let rounds = 0; left.length > 0 && rounds < 1_000; rounds += 1) {
    const { taken, pauseMs } = await delivery.deliver(left);
    left = left.slice(taken);
    if (pauseMs > 0) pauses.push(pauseMs);
  }
  const reasons = letters.map((letter) => JSON.parse(letter.value ?? '') as { offset: string; reason: { code: string; message: string } });
  return { left, reasons, pauses, faults, letters };
}

describe('delivery', () => {
  it('sends rejected messages to the dead-letter topic as they came, with the reason', async () => {
    const { left, letters } = await deliverAll(3, async (batch) => {
      const second = batch.messages[1];
      if (second) batch.reject(second, { code: 'not_json', message: 'value is not JSON' });
    });
    expect(left).toEqual([]);
    expect(letters).toEqual([
      {
        key: 'k1',
        value: JSON.stringify({
          topic: 't',
          partition: 0,
          offset: '1',
          timestamp: 1,
          key: 'k1',
          value: 'v1',
          reason: { code: 'not_json', message: 'value is not JSON' },
        }),
      },
    ]);
  });

  it('finds the messages that always throw among many and hands out every other exactly once more than it failed', async () => {
    const handled: string[] = [];
    const poison = new Set(['137', '138', '499']);
    const { left, reasons } = await deliverAll(500, async (batch) => {
      const bad = batch.messages.find((message) => poison.has(message.offset));
      if (bad) throw new Error(`cannot digest ${bad.offset}`);
      handled.push(...batch.messages.map((message) => message.offset));
    });
    expect(left).toEqual([]);
    expect(reasons.map(({ offset, reason }) => [offset, reason.code, reason.message])).toEqual([
      ['137', 'handler_failed', 'Error: cannot digest 137'],
      ['138', 'handler_failed', 'Error: cannot digest 138'],
      ['499', 'handler_failed', 'Error: cannot digest 499'],
    ]);
    expect(handled).toEqual(
      messages(500)
        .map((message) => message.offset)
        .filter((offset) => !poison.has(offset)),
    );
  });

  it('tries a whole batch five times with a growing pause before it splits', async () => {
    const sizes: number[] = [];
    const { pauses } = await deliverAll(4, async (batch) => {
      sizes.push(batch.messages.length);
      if (batch.messages.some((message) => message.offset === '3')) throw new Error('no');
    });
    expect(sizes).toEqual([4, 4, 4, 4, 4, 2, 2, 1, 1, 1]);
    expect(pauses).toEqual([200, 400, 800, 1600, 200]);
  });

  it('hands out whole batches again once the suspects are through', async () => {
    const sizes: number[] = [];
    const failing = new Delivery(
      async () => undefined,
      {
        group: 'g',
        topics: ['t'],
        deadLetterTopic: 'dlq',
        retry: { attempts: 1 },
        onBatch: async (batch) => {
          sizes.push(batch.messages.length);
          if (batch.messages[0]?.offset === '0') throw new Error('no');
        },
      },
      't',
      0,
    );
    const all = messages(8);
    let left = all.slice(0, 2);
    while (left.length > 0) left = left.slice((await failing.deliver(left)).taken);
    await failing.deliver(all.slice(2));
    expect(sizes).toEqual([2, 1, 1, 6]);
  });

  it('retries transient errors for ever, never longer than the longest pause', async () => {
    let failures = 0;
    const { left, letters, pauses } = await deliverAll(2, async () => {
      failures += 1;
      if (failures <= 40) throw Object.assign(new Error('away'), { code: 'database_unavailable' });
    });
    expect({ left, letters }).toEqual({ left: [], letters: [] });
    expect(pauses.length).toBe(40);
    expect(Math.max(...pauses)).toBe(5_000);
  });

  it('retries for ever where no dead-letter topic is set, also a rejection', async () => {
    const { left, faults } = await deliverAll(
      1,
      async (batch) => {
        for (const message of batch.messages) batch.reject(message, { code: 'x', message: 'x' });
      },
      { withoutDeadLetters: true },
    );
    expect(left.length).toBe(1);
    expect(faults.length).toBe(1_000);
  });

  it('keeps the messages when the dead letters cannot be published', async () => {
    let away = 3;
    const { left, reasons } = await deliverAll(
      2,
      async (batch) => {
        for (const message of batch.messages) batch.reject(message, { code: 'x', message: 'x' });
      },
      {
        publish: async () => {
          away -= 1;
          if (away >= 0) throw new BusUnavailable('away');
        },
      },
    );
    expect(left).toEqual([]);
    expect(reasons.map((letter) => letter.offset)).toEqual(['0', '1']);
  });

  it('uses the dead-letter topic of the message’s own topic first', async () => {
    const topics: string[] = [];
    const delivery = new Delivery(
      async (topic) => void topics.push(topic),
      {
        group: 'g',
        topics: ['t'],
        deadLetterTopic: 'all.dlq',
        deadLetterTopics: { t: 't.dlq' },
        onBatch: async (batch) => {
          for (const message of batch.messages) batch.reject(message, { code: 'x', message: 'x' });
        },
      },
      't',
      0,
    );
    await delivery.deliver(messages(1));
    expect(topics).toEqual(['t.dlq']);
  });

  it('refuses to reject a message of another batch', async () => {
    const { left, faults } = await deliverAll(
      1,
      async (batch) => {
        for (const message of batch.messages) batch.reject({ ...message }, { code: 'x', message: 'x' });
      },
      { retry: { attempts: 1 } },
    );
    expect(left).toEqual([]);
    expect(String(faults[0])).toContain('not part of this batch');
  });
});
