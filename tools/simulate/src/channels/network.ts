import { whenAborted } from '@holdfast/kit';
import type { Life, Random, VirtualTime } from '@holdfast/simulation';
import type { VendorAnswer, VendorHttp, VendorRequest } from '@holdfast/vendor-http';
import type { ChannelAuditor } from './audit/channel-auditor.js';
import type { Vendor } from './vendors/vendor.js';

const CALL_TIMEOUT_MS = 2_000;
/** A call that its caller has given up may still arrive so much later. */
const MOST_LATE_MS = 4_000;

type Fate = 'served' | 'not sent' | 'dropped' | 'loses answer' | 'late' | 'doubled';

/** Rates of what happens to a call in a storm; the others are served. */
const RATES: readonly (readonly [Fate, number])[] = [
  ['not sent', 0.03],
  ['dropped', 0.03],
  ['loses answer', 0.06],
  ['late', 0.03],
  ['doubled', 0.04],
];

/** The way from connector processes to vendors: it drops calls, loses answers, delivers late and twice. */
export class Network {
  private stormy = false;
  private readonly awayUntil = new Map<string, number>();

  constructor(
    private readonly time: VirtualTime,
    private readonly random: Random,
    private readonly auditor: ChannelAuditor,
    private readonly vendor: (channelId: string) => Vendor,
  ) {}

  storm(): void {
    this.stormy = true;
  }

  calm(): void {
    this.stormy = false;
    this.awayUntil.clear();
  }

  /** Nothing reaches the vendor for so long. */
  outage(channelId: string, ms: number): void {
    this.awayUntil.set(channelId, this.time.now() + ms);
  }

  client(life: Life): { until(stopped: AbortSignal): VendorHttp } {
    return { until: (stopped) => ({ call: (request) => this.call(life, request, stopped) }) };
  }

  private call(life: Life, request: VendorRequest, stopped: AbortSignal): Promise<VendorAnswer> {
    if (!life.alive) return new Promise(() => undefined);
    if (stopped.aborted) return Promise.resolve({ kind: 'unanswered', sent: false, fault: 'stopped' });
    const { time } = this;
    const channelId = new URL(request.url).hostname;
    const vendor = this.vendor(channelId);
    const fate = this.fate(channelId);
    let isOver = false;
    const sent = this.auditor.sends(life, channelId, request);
    const work = new Promise<VendorAnswer>((resolve) => {
      const end = (answer: VendorAnswer): void => {
        if (isOver) return;
        isOver = true;
        cancel();
        detach();
        sent(answer);
        resolve(answer);
      };
      const unanswered = (wasSent: boolean, fault: string): void => end({ kind: 'unanswered', sent: wasSent, fault });
      const cancel = time.after(CALL_TIMEOUT_MS, () => unanswered(true, 'no answer in time'));
      const detach = whenAborted(stopped, () => unanswered(true, 'stopped'));
      // What arrives after its caller went on, or died, is out of anybody's hands.
      const arrive = (again = false): VendorAnswer => vendor.handle(request, again || isOver || !life.alive);
      const thereMs = this.delay();
      const backMs = this.delay();
      if (fate === 'not sent') time.after(thereMs, () => unanswered(false, 'connection refused'));
      if (fate === 'late') time.after(CALL_TIMEOUT_MS + this.random.between(1, MOST_LATE_MS), () => void arrive());
      if (fate === 'loses answer') time.after(thereMs, () => void arrive());
      if (fate === 'served' || fate === 'doubled')
        time.after(thereMs, () => {
          const answer = arrive();
          time.after(backMs, () => end(answer));
        });
      if (fate === 'doubled') time.after(thereMs + this.random.between(1, MOST_LATE_MS), () => void arrive(true));
    });
    const heard = life.hears(work);
    life.called();
    return heard;
  }

  private fate(channelId: string): Fate {
    if (!this.stormy) return 'served';
    if ((this.awayUntil.get(channelId) ?? 0) > this.time.now()) return 'not sent';
    let drawn = this.random.next();
    for (const [fate, rate] of RATES) {
      if (drawn < rate) return fate;
      drawn -= rate;
    }
    return 'served';
  }

  private delay(): number {
    return this.stormy && this.random.chance(0.05) ? this.random.between(200, 1_500) : this.random.between(2, 40);
  }
}
