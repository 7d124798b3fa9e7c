import { ReadableResponse, requestOf, textOf } from '../calls/exchange.js';
import type { InProcessTarget } from './targets.js';

/** Reads JSON of a public route of a service in this process. @throws when it does not answer 200 */
export async function readInProcess(target: InProcessTarget, path: string): Promise<unknown> {
  const request = requestOf('GET', path, {});
  const response = new ReadableResponse(request);
  target.handle(request, response);
  const text = await textOf(response);
  if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`);
  return JSON.parse(text) as unknown;
}
