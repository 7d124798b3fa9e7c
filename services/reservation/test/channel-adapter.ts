import { cloudEvent, TOPICS, type ReservationResultMessage } from '@holdfast/contracts';
import type { Bus, BusSubscription, IncomingMessage } from '@holdfast/messaging';
import { eventually, TENANT } from './service.js';

export type Kind = 'reserve' | 'commit' | 'release' | 'extend';

export interface Sent {
  readonly key?: string;
  readonly source?: string;
  readonly tenant?: string;
}

export interface Heard {
  readonly key: string;
  readonly text: string;
  readonly message: ReservationResultMessage;
}

const SOURCE = 'urn:shop:web';

/** A channel adapter: publishes commands and reads their results. */
export class ChannelAdapter {
  readonly heard: Heard[] = [];
  readonly deadLetters: { readonly value: string | null; readonly reason: { readonly code: string; readonly message: string } }[] = [];
  private readonly subscriptions: BusSubscription[] = [];

  private constructor(private readonly bus: Bus) {}

  static async at(bus: Bus): Promise<ChannelAdapter> {
    const adapter = new ChannelAdapter(bus);
    const tail = (topic: string, take: (message: IncomingMessage) => void): Promise<BusSubscription> =>
      bus.tail({ topics: [topic], from: 'earliest', onMessages: async (messages) => messages.forEach(take) });
    const result = ({ key, value }: IncomingMessage): void => {
      const text = value ?? '';
      adapter.heard.push({ key, text, message: JSON.parse(text) as ReservationResultMessage });
    };
    adapter.subscriptions.push(
      await tail(TOPICS.reservationResults.name, result),
      await tail(TOPICS.reservationDeadLetters.name, ({ value }) => adapter.deadLetters.push(JSON.parse(value ?? '') as never)),
    );
    return adapter;
  }

  async leave(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
  }

  command(id: string, kind: Kind, data: object, { key = 'acme|o-1', source = SOURCE, tenant = TENANT }: Sent = {}) {
    const event = cloudEvent({ id, source, type: `holdfast.reservation.${kind}.v1`, at: Date.now(), tenant, data });
    return { key, value: JSON.stringify(event) };
  }

  async publish(...messages: readonly { readonly key: string; readonly value: string }[]): Promise<void> {
    await this.bus.publish(TOPICS.reservationCommands.name, messages);
  }

  send(id: string, kind: Kind, data: object, sent?: Sent): Promise<void> {
    return this.publish(this.command(id, kind, data, sent));
  }

  of(id: string): readonly Heard[] {
    return this.heard.filter(({ message }) => message.data.command.id === id);
  }

  /** The results of a command once there are so many. */
  async results(id: string, count = 1): Promise<readonly Heard[]> {
    await eventually(() => expect(this.of(id).length).toBeGreaterThanOrEqual(count));
    return this.of(id);
  }

  async result(id: string): Promise<ReservationResultMessage['data']> {
    const [first] = await this.results(id);
    if (first === undefined) throw new Error(`no result of ${id}`);
    return first.message.data;
  }
}
