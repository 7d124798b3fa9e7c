import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Lets the error of a handler reach the bus as it is. Nest's own filter replaces it by `{ status: 'error', message: 'Internal server error' }`,
 * and neither a dead letter's reason nor the difference between a poisoned message and an engine that is away could be told from that.
 */
@Catch()
export class HandlerFaults implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
