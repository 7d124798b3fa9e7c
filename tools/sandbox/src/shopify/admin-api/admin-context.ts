import type { callFault } from '../../http/vendor-server.js';

/** What resolvers know of the call that they answer. */
export interface AdminContext {
  readonly fault: ReturnType<typeof callFault>;
  readonly variables: Readonly<Record<string, unknown>>;
}
