import { randomBytes, randomUUID } from 'node:crypto';
import { HookSender } from '../../http/hook-sender.js';
import { isRecord } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { HookTarget } from '../../simulator.js';
import { challengeResponse, type NotificationSigner } from './signature.js';

const CHALLENGE_TIMEOUT_MS = 3_000;

export interface NotifierParts {
  readonly signer: NotificationSigner;
  readonly clock: SandboxClock;
  readonly verificationToken: string;
  readonly challenge: boolean;
  readonly failed: (text: string) => void;
}

/** Posts notifications to an endpoint that has answered the challenge. */
export class Notifier {
  private readonly sender = new HookSender();
  private ready: Promise<boolean> | undefined;
  private underWay = new Set<Promise<void>>();

  constructor(private readonly parts: NotifierParts) {}

  sendTo(target: HookTarget): void {
    this.sender.sendTo(target);
    this.ready = this.parts.challenge ? this.verify(target.url) : Promise.resolve(true);
  }

  send(topic: string, data: Readonly<Record<string, unknown>>): void {
    if (this.ready === undefined) return;
    const at = new Date(this.parts.clock.now()).toISOString();
    const message = this.parts.signer.message({
      metadata: { topic, schemaVersion: '1.0', deprecated: false },
      notification: { notificationId: randomUUID(), eventDate: at, publishDate: at, publishAttemptCount: 1, data },
    });
    const sending: Promise<void> = this.ready
      .then((ready) => {
        if (ready) this.sender.send(message);
      })
      .finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
  }

  async settled(): Promise<void> {
    await this.ready;
    while (this.underWay.size > 0) await Promise.all([...this.underWay]);
    await this.sender.settled();
  }

  get answers(): readonly number[] {
    return this.sender.answers;
  }

  /** Asks an endpoint the challenge; says what was wrong with its answer. */
  async verify(endpoint: string, verificationToken = this.parts.verificationToken): Promise<boolean> {
    const code = randomBytes(16).toString('hex');
    const url = `${endpoint}${endpoint.includes('?') ? '&' : '?'}challenge_code=${code}`;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(CHALLENGE_TIMEOUT_MS) });
      const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
      const body: unknown = JSON.parse(await response.text());
      const given = isRecord(body) ? body['challengeResponse'] : undefined;
      if (response.status === 200 && isJson && given === challengeResponse(code, verificationToken, endpoint)) return true;
      this.parts.failed(`${endpoint} answered the challenge with ${String(response.status)} ${JSON.stringify(body)}`);
    } catch (error) {
      this.parts.failed(`${endpoint} did not answer the challenge: ${String(error)}`);
    }
    return false;
  }
}
