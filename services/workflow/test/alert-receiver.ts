import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface ReceivedAlert {
  /** `webhook-id` of the call. */
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Somebody's receiver of alerts. Signatures are verified on every call; a wrong one is answered 401. */
export async function startAlertReceiver(secret: string) {
  const calls: ReceivedAlert[] = [];
  /** What it answers to the next calls; then 204. */
  const answers: (number | 'hang up')[] = [];

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = request.headers as Record<string, string>;
    const body = Buffer.concat(chunks).toString();
    try {
      new Webhook(secret).verify(body, headers);
    } catch {
      return void response.writeHead(401).end();
    }
    calls.push({ id: headers['webhook-id'] ?? '', ...(JSON.parse(body) as Omit<ReceivedAlert, 'id'>) });
    const answer = answers.shift() ?? 204;
    if (answer === 'hang up') return void response.destroy();
    response.writeHead(answer).end();
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/alerts`,
    calls,
    answers,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type AlertReceiver = Awaited<ReturnType<typeof startAlertReceiver>>;
