import { ascending, eventually, numbered, numberOf, numbersOf, sleep, upTo, type Suite } from './suite.js';

interface Letter {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly value: string | null;
  readonly reason: { readonly code: string; readonly message: string };
}

export function deadLettersContract(suite: () => Suite): void {
  describe('dead letters', () => {
    it('are what a handler rejects, with where it lay and why; the rest goes on', async () => {
      const bus = suite().open();
      const [topic, deadLetterTopic] = [await suite().topic(bus), await suite().topic(bus, { partitions: 1 })];
      await bus.publish(topic, numbered(100));
      const member = await suite().member(bus, {
        group: topic,
        topics: [topic],
        deadLetterTopics: { [topic]: deadLetterTopic },
        onBatch: async (batch) => {
          for (const message of batch.messages) {
            if (numberOf(message) % 10 === 3)
              batch.reject(message, { code: 'schema_violation', message: `sku of ${numberOf(message)} is missing` });
          }
        },
      });
      const dead = await suite().member(bus, { group: topic, topics: [deadLetterTopic] });
      await eventually(() => expect(dead.seen.length).toBe(10));
      for (const message of dead.seen) {
        const letter = JSON.parse(message.value ?? '') as Letter;
        const original = member.seen.find((one) => one.key === message.key);
        expect(letter).toEqual({
          topic,
          partition: original?.partition,
          offset: original?.offset,
          timestamp: original?.timestamp,
          key: message.key,
          value: original?.value,
          reason: { code: 'schema_violation', message: `sku of ${numberOf({ value: letter.value })} is missing` },
        });
      }
      await bus.publish(topic, numbered(10, 10, 100));
      await eventually(() => expect(ascending(numbersOf(member.seen))).toEqual(upTo(110)));
    });

    it('are messages whose handler always throws; no other message is lost, and no other partition waits', async () => {
      const bus = suite().open();
      const [topic, deadLetterTopic] = [await suite().topic(bus), await suite().topic(bus, { partitions: 1 })];
      await bus.publish(topic, numbered(200));
      const all = await suite().member(bus, { group: `${topic}-all`, topics: [topic] });
      const effects: number[] = [];
      let failures = 0;
      let othersWentOn = false;
      await suite().member(bus, {
        group: topic,
        topics: [topic],
        deadLetterTopic,
        retry: { attempts: 4, firstPauseMs: 250 },
        onBatch: async ({ messages, partition }) => {
          if (messages.some((message) => numberOf(message) === 77)) {
            // What comes to the other partitions meanwhile must not wait for this one.
            if (failures === 0) await bus.publish(topic, numbered(100, 100, 200));
            failures += 1;
            if (failures === 2) {
              await eventually(() => {
                expect(new Set(numbersOf(all.seen)).size).toBe(300);
                const ofOthers = all.seen.filter((message) => message.partition !== partition);
                expect(effects).toEqual(expect.arrayContaining(numbersOf(ofOthers)));
              });
              othersWentOn = true;
            }
            throw new TypeError('cannot read 77');
          }
          effects.push(...numbersOf(messages));
        },
      });
      const dead = await suite().member(bus, { group: topic, topics: [deadLetterTopic] });
      await eventually(() => expect(dead.seen.length).toBe(1));
      const letter = JSON.parse(dead.seen[0]?.value ?? '') as Letter;
      expect(letter).toMatchObject({ topic, key: 'key-77', reason: { code: 'handler_failed', message: 'TypeError: cannot read 77' } });
      await eventually(() => expect(ascending(effects)).toEqual(upTo(300).filter((n) => n !== 77)));
      expect(othersWentOn).toBe(true);
    });

    it('are never made of a fault that passes', async () => {
      const bus = suite().open();
      const [topic, deadLetterTopic] = [await suite().topic(bus), await suite().topic(bus, { partitions: 1 })];
      await bus.publish(topic, numbered(20));
      let failures = 0;
      const member = await suite().member(bus, {
        group: topic,
        topics: [topic],
        deadLetterTopic,
        retry: { attempts: 2, firstPauseMs: 20, maxPauseMs: 40 },
        onBatch: async () => {
          failures += 1;
          if (failures <= 30) throw Object.assign(new Error('away'), { code: 'database_unavailable' });
        },
      });
      const dead = await suite().member(bus, { group: topic, topics: [deadLetterTopic] });
      await eventually(() => expect(ascending(numbersOf(member.seen))).toEqual(upTo(20)));
      await sleep(300);
      expect(dead.seen).toEqual([]);
      expect(suite().faults.length).toBe(30);
    });
  });
}
