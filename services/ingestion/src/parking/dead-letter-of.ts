import type { DeadLetter } from '@holdfast/contracts';
import { TOPICS } from '@holdfast/contracts';
import type { OutgoingMessage, RejectReason } from '@holdfast/messaging';
import { erpEvent } from '../erp-http/erp-event.js';
import { topicKey } from '../intake/entry.js';
import type { ReadyMessage } from './parked-messages.js';

/** A parked message that the domain would not take, as it would have become a dead letter at its arrival. */
export function deadLetterOf(ready: ReadyMessage, reason: RejectReason, at: number): OutgoingMessage {
  const key = topicKey(ready.tenant, ready.message.sku);
  const letter: DeadLetter = {
    topic: `${TOPICS.erpStock.name}/parked`,
    partition: 0,
    offset: ready.id,
    key,
    value: JSON.stringify(erpEvent(ready.tenant, ready.message, ready.commandId, at)),
    reason,
  };
  return { key, value: JSON.stringify(letter) };
}
