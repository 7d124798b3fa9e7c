import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { MAX_IDEMPOTENCY_KEY_LENGTH } from '../input/limits.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * A route that honours `Idempotency-Key`: same key and body, the first answer again; another body, 422 `idempotency_key_reused`.
 * Not for routes that write the response themselves.
 */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Same key and same body: the first answer again, for seven days. Another body: 422.',
      schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY_LENGTH },
    }),
  );
