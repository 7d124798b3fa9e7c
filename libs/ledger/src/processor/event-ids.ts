import { createHash } from 'node:crypto';
import type { ProcessedCommand } from './definition.js';

/**
 * Id of a command's event, a UUID made from its hash. The same command gives the same ids, so that an append whose answer was lost
 * can be sent again. The stream and the time are part of it: ids are unique over streams, and a command that is sent again later
 * (with a later time, so perhaps with other events) cannot be mistaken for the append it replaces.
 */
export function eventId(stream: string, { commandId, at }: ProcessedCommand, index: number): string {
  const hash = createHash('sha256').update(`${stream}|${commandId}|${at}|${index}`).digest('hex');
  // Version 8 (made by the application) and the usual variant.
  const variant = '89ab'[Number.parseInt(hash.charAt(16), 16) % 4] ?? '8';
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
