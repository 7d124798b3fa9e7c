import type { InventoryUpdated } from '../src/providers/webhook/webhook-message.js';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** What the receiver does with its next calls; the last entry holds for all that follow. */
export type Answer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly afterMs?: number;
      /** Answers once this has resolved. */
      readonly after?: Promise<void>;
    }
  /** Takes the message and hangs up without an answer. */
  | 'hang up'
  | ((message: InventoryUpdated) => number);

export interface ReceivedCall {
  readonly at: number;
  readonly id: string;
  readonly message: InventoryUpdated;
}

/** A shop that behaves badly on purpose. Signatures are verified on every call; a wrong one is answered 401. */
export async function startScriptedReceiver(secret: string, ...script: readonly Answer[]) {
  const webhook = new Webhook(secret);
  const answers: Answer[] = [...script];
  const calls: ReceivedCall[] = [];
  let inFlight = 0;
  let mostInFlight = 0;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const headers = request.headers as Record<string, string>;
      const message = webhook.verify(Buffer.concat(chunks).toString(), headers) as InventoryUpdated;
      calls.push({ at: Date.now(), id: headers['webhook-id'] ?? '', message });
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 204 };
      if (answer === 'hang up') return void response.destroy();
      if (typeof answer === 'function') return void response.writeHead(answer(message)).end();
      await answer.after;
      if (answer.afterMs !== undefined) await new Promise((resolve) => void setTimeout(resolve, answer.afterMs).unref());
      response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    } catch {
      response.writeHead(401).end();
    } finally {
      inFlight -= 1;
    }
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    get mostInFlight() {
      return mostInFlight;
    },
    /** Newest figure of each listing by version. */
    figures(): Record<string, number> {
      const newest = new Map<string, { quantity: number; version: number }>();
      for (const { message } of calls)
        for (const { listingId, quantity, version } of message.data.listings)
          if ((newest.get(listingId)?.version ?? -1) <= version) newest.set(listingId, { quantity, version });
      return Object.fromEntries([...newest].map(([listingId, { quantity }]) => [listingId, quantity]));
    },
    answerFromNow(...next: readonly Answer[]): void {
      answers.splice(0, answers.length, ...next);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type ScriptedReceiver = Awaited<ReturnType<typeof startScriptedReceiver>>;

/** Asks again and again until it holds. */
export async function eventually(condition: () => boolean | Promise<boolean>, withinMs = 120_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
