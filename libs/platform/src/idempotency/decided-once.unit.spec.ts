import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { firstValueFrom, of, throwError } from 'rxjs';
import { attachCaller } from '../access/caller.js';
import { Problem } from '../problems/problem.js';
import { Idempotent } from './idempotent.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { MemoryIdempotencyStore } from './memory-store.js';

class Routes {
  @Idempotent({ decidedOnce: true })
  reserve(): void {
    // Only its metadata counts.
  }

  @Idempotent()
  import(): void {
    // Only its metadata counts.
  }
}

const handlerOf = (name: keyof Routes): object => Object.getOwnPropertyDescriptor(Routes.prototype, name)?.value as object;

/** A keyed request of a clerk for the route. */
function asked(route: keyof Routes): ExecutionContext {
  const raw = {};
  attachCaller(raw as never, { tenant: 'acme', subject: 'clerk', permissions: [] });
  const request = { raw, method: 'POST', url: `/${route}`, headers: { 'idempotency-key': 'k1' }, body: {} };
  const reply = { statusCode: 201, getHeader: () => undefined, header: () => reply, serializer: () => reply };
  const http = { getRequest: () => request, getResponse: () => reply };
  return { switchToHttp: () => http, getHandler: () => handlerOf(route) } as unknown as ExecutionContext;
}

class ObservedStore extends MemoryIdempotencyStore {
  readonly kept: string[] = [];

  override remember(...given: Parameters<MemoryIdempotencyStore['remember']>): ReturnType<MemoryIdempotencyStore['remember']> {
    this.kept.push('before the answer');
    return super.remember(...given);
  }

  override async rememberSoon(): Promise<void> {
    this.kept.push('soon');
    await Promise.resolve();
  }
}

async function keptAfter(route: keyof Routes, handler: CallHandler): Promise<readonly string[]> {
  const store = new ObservedStore();
  await firstValueFrom(new IdempotencyInterceptor(store).intercept(asked(route), handler)).catch(() => undefined);
  return store.kept;
}

const succeeds: CallHandler = { handle: () => of({ reservationId: 'r1' }) };
const refuses: CallHandler = { handle: () => throwError(() => new Problem(409, 'insufficient_stock', 'short')) };
const busy: CallHandler = { handle: () => throwError(() => new Problem(409, 'request_busy', 'try again shortly')) };
const early: CallHandler = { handle: () => throwError(() => new Problem(412, 'position_not_reached', 'try again')) };
const faulty: CallHandler = { handle: () => throwError(() => new Problem(400, 'validation_failed', 'a fault')) };
const fails: CallHandler = { handle: () => throwError(() => new Error('broken')) };

describe('the answer of a keyed request', () => {
  it('is given before it is kept where a repeat finds the decision itself', async () =>
    expect(await keptAfter('reserve', succeeds)).toEqual(['soon']));

  it('is kept first where nothing else would tell it again: a refusal', async () =>
    expect(await keptAfter('reserve', refuses)).toEqual(['before the answer']));

  it('is kept first on any other route', async () => expect(await keptAfter('import', succeeds)).toEqual(['before the answer']));

  it('is not kept where nothing was decided: a body with a fault', async () => {
    expect(await keptAfter('reserve', faulty)).toEqual([]);
    expect(await keptAfter('import', faulty)).toEqual([]);
  });

  it('is not kept where another worked on the same thing: the same request may come again', async () => {
    expect(await keptAfter('import', busy)).toEqual([]);
  });

  it('is not kept where a view did not reflect yet what the request needs', async () => {
    expect(await keptAfter('import', early)).toEqual([]);
  });

  it('is not kept where we failed', async () => expect(await keptAfter('reserve', fails)).toEqual([]));
});
