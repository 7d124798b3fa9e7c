import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '@holdfast/platform';
import type { MatchedRoute } from '../route-table.js';

/** A service as the gateway uses it, wherever it runs. */
export interface Upstream {
  readonly remote: boolean;
  /**
   * Forwards a request. Resolves when the gateway has nothing more to do for it.
   * @param caller undefined for an open route @param route that matched
   */
  serve(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller | undefined,
    route: Pick<MatchedRoute, 'params' | 'takesFile'>,
  ): Promise<void> | undefined;
  /** Reads JSON of a public route. */
  read(path: string): Promise<unknown>;
  close(): Promise<void>;
}
