export { CONFLICT_STRATEGIES, type ConflictStrategy } from './conflict-strategies.js';
export * from './envelope.js';
export * from './messages.js';
export * from './reservation-messages.js';
export * from './topics.js';
export { isOrderReservation, orderReservationId, parseReservationId, singleReservationId, type ReservationRef } from './reservation-id.js';
export { instantOf } from './validation/instant.js';
export {
  checkErpMessage,
  compileErpMessages,
  parseErpMessage,
  type ErpMessageRefusal,
  type ParsedErpMessage,
} from './validation/erp-message.js';
export { reservationCommands } from './validation/reservation-command.js';
export type { MessageReader, MessageRefusal, ReadMessage } from './validation/message-reader.js';
export type { Fault } from './validation/validator.js';
export { domainEventSchemas } from './schemas/domain-events.js';
export { DOMAIN_STREAM_PREFIXES, STREAMS, newestVersion, readEvent } from './streams/families.js';
export type { DomainEvent, ReadEvent, StreamFamilyName } from './streams/families.js';
export { StreamFamily, UnreadableEvent, type EventCodec, type StoredEvent } from './streams/family.js';
export { messageDataSchemas, stockEventDataSchema, deadLetterSchema, envelopeSchema, type MessageType } from './schemas/messages.js';
export type { JsonSchema, ObjectSchema } from './schemas/json-schema.js';
export { documentValidator } from './validation/document-validator.js';
export { validatorOf } from './validation/validator.js';
