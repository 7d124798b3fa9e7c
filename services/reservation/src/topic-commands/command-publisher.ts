import { cloudEvent, reservationCommands, TOPICS, type CommandKind } from '@holdfast/contracts';
import type { Bus, OutgoingMessage } from '@holdfast/messaging';
import type { Clock } from '@holdfast/kit';
import { commandIdOf, keyOf } from './read-command.js';

/** A command that came over HTTP. */
export interface SubmittedCommand {
  readonly id: string;
  readonly kind: CommandKind;
  readonly data: object;
}

export interface PublishedCommands {
  readonly accepted: readonly { readonly index: number; readonly id: string; readonly commandId: string }[];
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly message: string }[];
}

/** Publishes commands that came over HTTP on the topic. */
export class CommandPublisher {
  constructor(
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly clock: Clock,
  ) {}

  /** Resolves once the valid commands are stored durably. @throws BusUnavailable; sending them again has no second effect */
  async publish(tenant: string, source: string, commands: readonly SubmittedCommand[]): Promise<PublishedCommands> {
    const at = this.clock.now();
    const accepted: PublishedCommands['accepted'][number][] = [];
    const rejected: PublishedCommands['rejected'][number][] = [];
    const outgoing: OutgoingMessage[] = [];
    commands.forEach(({ id, kind, data }, index) => {
      const read = reservationCommands.check(cloudEvent({ id, source, type: `holdfast.reservation.${kind}.v1`, at, tenant, data }));
      if (!read.ok) rejected.push({ index, code: read.code, message: read.message });
      else {
        accepted.push({ index, id, commandId: commandIdOf(tenant, source, id) });
        outgoing.push({ key: keyOf(read.message), value: JSON.stringify(read.message) });
      }
    });
    if (outgoing.length > 0) await this.bus.publish(TOPICS.reservationCommands.name, outgoing);
    return { accepted, rejected };
  }
}
