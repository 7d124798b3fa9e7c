import { request, type IncomingMessage } from 'node:http';

/** Statuses of answers without a body. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/**
 * `fetch` over the connections of Node's own client, which ends them after five seconds without a request. The built-in one keeps them until
 * a second before the server would end them: on a machine that is busy in that second a request goes out on a connection that has just ended.
 * @param init its body is text or bytes
 */
export async function fetchBrieflyKept(url: string, { method = 'GET', headers, body }: RequestInit = {}): Promise<Response> {
  if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) throw new TypeError('no such body');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(new URL(url), { method, headers: { accept: '*/*', ...Object.fromEntries(new Headers(headers)) } }, resolve);
    asked.on('error', reject);
    asked.end(body ?? undefined);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  const { statusCode: status = 0, headersDistinct } = answer;
  const told = Object.entries(headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
  return new Response(WITHOUT_BODY.includes(status) ? null : Buffer.concat(chunks), { status, headers: told });
}
