import { cloudEvent, TOPICS, type ReservationResultMessage } from '@holdfast/contracts';
import { createLogger, loadConfig } from '@holdfast/platform';
import { openRuntime, type Runtime } from '@holdfast/runtime';
import { eventually, unique, type RunningHoldfast } from '@holdfast/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Heard {
  readonly key: string;
  readonly text: string;
  readonly message: ReservationResultMessage;
}

/** A channel that speaks to a running Holdfast over its topics, on whichever bus it runs. */
export interface TopicChannel {
  /** Publishes commands in this order. */
  send(...commands: readonly Command[]): Promise<void>;
  /** The results of a command, once there is one. */
  results(id: string): Promise<readonly Heard[]>;
  leave(): Promise<void>;
}

export interface Command {
  readonly id: string;
  readonly kind: 'reserve' | 'commit' | 'release' | 'extend';
  readonly data: object;
  /** Of the order. */
  readonly key: string;
}

const TENANT = 'demo';

export async function topicChannel(holdfast: RunningHoldfast): Promise<TopicChannel> {
  const { bus, stop } = await enginesOf(holdfast);
  const source = `urn:test:${unique('channel')}`;
  const heard: Heard[] = [];
  const subscription = await bus.tail({
    topics: [TOPICS.reservationResults.name],
    from: 'latest',
    onMessages: (messages) => {
      for (const { key, value } of messages) {
        const text = value ?? '';
        const message = JSON.parse(text) as ReservationResultMessage;
        // Other tests may speak to the same engines.
        if (message.data.command.source === source) heard.push({ key, text, message });
      }
      return Promise.resolve();
    },
  });
  const of = (id: string): readonly Heard[] => heard.filter(({ message }) => message.data.command.id === id);
  return {
    send: (...commands) =>
      bus.publish(
        TOPICS.reservationCommands.name,
        commands.map(({ id, kind, data, key }) => {
          const event = cloudEvent({ id, source, type: `holdfast.reservation.${kind}.v1`, at: Date.now(), tenant: TENANT, data });
          return { key: `${TENANT}|${key}`, value: JSON.stringify(event) };
        }),
      ),
    results: (id) =>
      eventually(
        () => Promise.resolve(of(id)),
        (found) => found.length > 0,
      ),
    async leave() {
      await subscription.stop();
      await stop();
    },
  };
}

/** The engines that a Holdfast runs on: those of the environment, or the embedded ones that it started. */
function enginesOf({ dataFolder, postgres }: RunningHoldfast): Promise<Runtime> {
  const embedded = (): unknown => {
    const file = JSON.parse(readFileSync(join(dataFolder, 'engines.json'), 'utf8')) as { readonly databaseUrl?: unknown };
    return file.databaseUrl;
  };
  const config = loadConfig({
    ...process.env,
    DATABASE_URL: process.env['DATABASE_URL'] ?? postgres?.connectionString ?? String(embedded()),
    HOLDFAST_LOG_LEVEL: 'silent',
  });
  return openRuntime(config, { name: 'test', embedded: false, logger: createLogger(config, 'test') });
}
