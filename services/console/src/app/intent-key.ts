import { ApiError, newIdempotencyKey } from '@holdfast/client';
import { useState } from 'react';

/** Holdfast said yes or no, so the intent is over. After a lost answer or a fault of the server nobody knows whether it took effect. */
const isOver = (error: Error | null): boolean => error === null || (error instanceof ApiError && error.status < 500);

/**
 * The idempotency key of what somebody is about to do. It stays the same over double clicks and lost answers, so that these change nothing
 * twice. Once Holdfast has answered, the next attempt is another intent: call `settled` with the error, or with null after success.
 */
export function useIntentKey(): { readonly idempotencyKey: string; settled(error: Error | null): void } {
  const [idempotencyKey, setKey] = useState(() => newIdempotencyKey(Date.now()));
  return {
    idempotencyKey,
    settled(error) {
      if (isOver(error)) setKey(newIdempotencyKey(Date.now()));
    },
  };
}
