import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { OnTopic } from '@holdfast/messaging';
import { CommandDoor } from './command-door.js';

/** What comes from the topic of commands. */
@Controller()
export class CommandsController {
  constructor(private readonly door: CommandDoor) {}

  @OnTopic(TOPICS.reservationCommands.name)
  take(@Payload() batch: MessageBatch): Promise<void> {
    return this.door.take(batch);
  }
}
