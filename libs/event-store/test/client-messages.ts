import { createRequire } from 'node:module';

/** A message of the client's generated classes, as far as they are used in specs. */
export interface Message {
  toObject(): unknown;
  serializeBinary(): Uint8Array;
  [setter: `set${string}`]: (value: unknown) => Message;
}
export type MessageClass = (new () => Message) & { deserializeBinary(bytes: Uint8Array): Message } & {
  readonly [name: string]: MessageClass;
};
type Messages = Readonly<Record<string, MessageClass>>;

const required = createRequire(import.meta.url);
export const streams = required('@eventstore/db-client/generated/streams_pb.js') as Messages;
export const shared = required('@eventstore/db-client/generated/shared_pb.js') as Messages;
export const status = required('@eventstore/db-client/generated/status_pb.js') as Messages;
export const any = required('google-protobuf/google/protobuf/any_pb.js') as Messages;

/** @param path of the class below `of`, for example `ReadResp.ReadEvent` */
export function messageClass(of: Messages, path: string): MessageClass {
  const [first = '', ...more] = path.split('.');
  const found = more.reduce<MessageClass | undefined>((outer, name) => outer?.[name], of[first]);
  if (found === undefined) throw new Error(`The client has no message ${path}.`);
  return found;
}

/** A message with these fields, named as its setters. */
export function make(of: Messages, path: string, values: Readonly<Record<string, unknown>>): Message {
  const message = new (messageClass(of, path))();
  for (const [name, value] of Object.entries(values)) message[`set${name}`]?.call(message, value);
  return message;
}
