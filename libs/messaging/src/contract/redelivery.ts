import { Inbox, inboxDdl } from '../inbox/inbox.js';
import { eventually, numbered, type Suite } from './suite.js';

export function redeliveryContract(suite: () => Suite): void {
  describe('redelivery', () => {
    beforeAll(async () => {
      const { pool } = suite().harness.effects;
      await pool.query(
        `drop schema if exists contract cascade; create schema contract; create table contract.effects (message text); ${inboxDdl('contract')}`,
      );
    });

    const effects = async (topic: string): Promise<{ readonly rows: number; readonly messages: number }> => {
      const sql =
        "select count(*)::int as rows, count(distinct message)::int as messages from contract.effects where message like $1 || '/%'";
      const { rows } = await suite().harness.effects.pool.query<{ rows: number; messages: number }>(sql, [topic]);
      return rows[0] ?? { rows: 0, messages: 0 };
    };

    it('after a crash between effect and offset has no second effect', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const group = topic;
      await bus.publish(topic, numbered(40));
      const { connectionString } = suite().harness.effects;
      // Each of these dies by SIGKILL after the effects of its first batch are committed.
      for (let crash = 1; crash <= 2; crash += 1)
        await suite().process({ group, topic, effects: connectionString, dieAfterEffect: true }).ended;
      const afterCrashes = await effects(topic);
      expect(afterCrashes.rows).toBeGreaterThan(0);
      const survivor = suite().process({ group, topic, effects: connectionString });
      await eventually(() => expect(survivor.seen.flatMap((report) => report.values).length).toBe(40));
      expect(await effects(topic)).toEqual({ rows: 40, messages: 40 });
    });

    it('after a handler that failed behind its effect has no second effect', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      await bus.publish(topic, numbered(40));
      const { pool } = suite().harness.effects;
      const failed = new Set<number>();
      const member = await suite().member(bus, {
        group: topic,
        topics: [topic],
        retry: { firstPauseMs: 20 },
        onBatch: async ({ messages, partition }) => {
          const client = await pool.connect();
          await client.query('begin');
          const ids = messages.map((message) => `${topic}/${partition}/${message.offset}`);
          for (const id of await new Inbox('contract', topic).claim(client, ids))
            await client.query('insert into contract.effects values ($1)', [id]);
          await client.query('commit');
          client.release();
          if (!failed.has(partition)) {
            failed.add(partition);
            throw new Error('failed behind the effect');
          }
        },
      });
      await eventually(() => expect(member.seen.length).toBe(40));
      expect(failed.size).toBe(4);
      expect(await effects(topic)).toEqual({ rows: 40, messages: 40 });
    });
  });
}
