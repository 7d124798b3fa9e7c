import { EventStoreUnavailable, InvalidAppend } from '../port.js';

/** The connection to the node, or a call over it, ended. Of a cluster another node may answer. */
export class NodeLost extends EventStoreUnavailable {}

/** Some errors of the client have an empty message; their type says what happened. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const type = 'type' in error && typeof error.type === 'string' ? error.type : error.name;
  return error.message === '' ? type : error.message;
}

/** The error for the caller: every error of the server or the client means a failure or an unknown outcome. */
export function toPortError(error: unknown): EventStoreUnavailable | InvalidAppend {
  if (error instanceof EventStoreUnavailable || error instanceof InvalidAppend) return error;
  return new EventStoreUnavailable(`EventStoreDB: ${describeError(error)}`, { cause: error });
}
