import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { OnTopic } from '@holdfast/messaging';
import { TopicCommands } from './topic-commands.js';

/** Receives batches of the topic of commands. */
@Controller()
export class CommandsController {
  constructor(private readonly commands: TopicCommands) {}

  @OnTopic(TOPICS.reservationCommands.name)
  take(@Payload() batch: MessageBatch): Promise<void> {
    return this.commands.take(batch);
  }
}
