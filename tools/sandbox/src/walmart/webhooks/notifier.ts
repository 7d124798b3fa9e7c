import { randomUUID } from 'node:crypto';
import { HookSender } from '../../http/hook-sender.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { HookTarget } from '../../simulator.js';
import { signedHeaders, type Signing } from './signature.js';

/** Posts events to the account's receiver, signed. */
export class WalmartNotifier {
  private readonly sender = new HookSender();
  private url: string | undefined;

  constructor(
    private readonly clock: SandboxClock,
    private signing: Signing,
  ) {}

  sendTo(target: HookTarget, signing: Partial<Signing> = {}): void {
    this.url = target.url;
    this.signing = { ...this.signing, ...signing };
    this.sender.sendTo(target);
  }

  send(eventType: string, payload: Readonly<Record<string, unknown>>): void {
    if (this.url === undefined) return;
    const at = this.clock.now();
    const source = { eventType, eventTime: new Date(at).toISOString(), eventId: randomUUID() };
    const body = JSON.stringify({ source, payload });
    this.sender.send({ headers: { 'content-type': 'application/json', ...signedHeaders(this.signing, this.url, body, at) }, body });
  }

  settled(): Promise<void> {
    return this.sender.settled();
  }

  get answers(): readonly number[] {
    return this.sender.answers;
  }
}
