import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { MAX_IDEMPOTENCY_KEY_LENGTH } from '../input/limits.js';
import { DECIDED_ONCE, IdempotencyInterceptor } from './idempotency.interceptor.js';

/** What the same request again does, as the OpenAPI document tells it of every write. */
export const X_IDEMPOTENCY = 'x-idempotency';

/** `key`: safe with an `Idempotency-Key`; `natural`: safe as it is; `none`: takes effect again. */
export type Repeat = 'key' | 'natural' | 'none';

/** Of a POST that takes no `Idempotency-Key`; PUT and DELETE without one are `natural`. */
export const Repeats = (repeat: Exclude<Repeat, 'key'>): MethodDecorator => ApiExtension(X_IDEMPOTENCY, repeat);

/**
 * A route that honours `Idempotency-Key`: same key, body and query, the first answer again; others, 422 `idempotency_key_reused`. A
 * faulty request (400) leaves its key unused.
 * Not for routes that write the response themselves.
 * @param options.decidedOnce a repeat of what succeeded finds its own decision by the command's id and is answered the same from it, another
 *   body refused: the caller need not wait until the answer is kept. Refusals are always kept before they are answered.
 */
export const Idempotent = ({ decidedOnce = false }: { readonly decidedOnce?: boolean } = {}): MethodDecorator =>
  applyDecorators(SetMetadata(DECIDED_ONCE, decidedOnce), UseInterceptors(IdempotencyInterceptor), ComparesRepeats());

/**
 * A route that honours `Idempotency-Key` by itself, as its body comes piece by piece: it finds what the command's id did, compares the
 * hash of the body, and marks its answer as `replayed` or throws `keyReused`.
 */
export const ComparesRepeats = (): MethodDecorator =>
  applyDecorators(
    ApiExtension(X_IDEMPOTENCY, 'key' satisfies Repeat),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Same key, body and query: the first answer again, for seven days. Another body or query: 422. A refusal with 400 leaves the key unused.',
      schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY_LENGTH },
    }),
  );
