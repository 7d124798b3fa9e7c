import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { InProcessTarget } from './targets.js';

/** Keeps the body of an answer instead of writing it to a connection. */
class KeptResponse extends ServerResponse {
  private readonly chunks: Buffer[] = [];

  override write(chunk: unknown): boolean {
    this.chunks.push(Buffer.from(chunk as Buffer | string));
    return true;
  }

  override end(chunk?: unknown): this {
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk);
    this.emit('kept', Buffer.concat(this.chunks).toString());
    this.emit('finish');
    return this;
  }
}

/** Reads JSON of a public route of a service in this process. @throws when it does not answer 200 */
export async function readInProcess(target: InProcessTarget, path: string): Promise<unknown> {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method: 'GET', url: path, headers: { host: 'in-process' } });
  request.push(null);
  const response = new KeptResponse(request);
  const body = new Promise<string>((resolve) => response.once('kept', resolve));
  target.handle(request, response);
  const text = await body;
  if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`);
  return JSON.parse(text) as unknown;
}
