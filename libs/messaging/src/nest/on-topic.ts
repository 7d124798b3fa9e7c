import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { MessageBatch } from '../port.js';
import type { BusContext } from './bus-context.js';
import { HandlerFaults } from './handler-faults.js';

type TopicHandler = (batch: MessageBatch, context: BusContext) => Promise<void> | void;

type TopicHandlerDecorator = <Handler extends TopicHandler>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Handler>,
) => void;

/** `@EventPattern(topic)`, with the handler's arguments checked and its errors passed on to the bus as they are. */
export const OnTopic = (topic: string): TopicHandlerDecorator => applyDecorators(EventPattern<string>(topic), UseFilters(HandlerFaults));
