import { uuidOf } from '@holdfast/kit';
import type { ProcessedCommand } from './definition.js';

/**
 * Id of a command's event, a UUID made from its hash. The same command gives the same ids, so that an append whose answer was lost
 * can be sent again. The stream and the time are part of it: ids are unique over streams, and a command that is sent again later
 * (with a later time, so perhaps with other events) cannot be mistaken for the append it replaces.
 */
export const eventId = (stream: string, { commandId, at }: ProcessedCommand, index: number): string =>
  uuidOf(`${stream}|${commandId}|${at}|${index}`);
