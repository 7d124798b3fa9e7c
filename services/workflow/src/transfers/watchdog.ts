import type { DataSource } from 'typeorm';
import { In, LessThan } from 'typeorm';
import type { TransferProcess } from './transfer-process.js';
import { TransferEntity } from './transfer.entity.js';

const LOOK_MS = 1_000;
/** A phase that takes longer was interrupted, or is being worked on: then the lease says so. */
export const PATIENCE_MS = 10_000;
const AT_ONCE = 20;
const UNDER_WAY = ['shipping', 'receiving', 'cancelling'] as const;

/** Finishes transfers that a crash or an engine that was away left halfway. */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly process: TransferProcess,
    private readonly now: () => number,
    private readonly onFault: (error: unknown) => void,
    private readonly patienceMs: number = PATIENCE_MS,
  ) {}

  start(): void {
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      this.round = this.look()
        .catch(this.onFault)
        .finally(() => (busy = false));
    }, LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** One look. A transfer that cannot be finished now keeps nobody from the others. */
  async look(): Promise<void> {
    const stuck = await this.source.getRepository(TransferEntity).find({
      select: { tenant: true, transferId: true },
      where: { status: In([...UNDER_WAY]), updatedAt: LessThan(new Date(this.now() - this.patienceMs)) },
      order: { updatedAt: 'ASC' },
      take: AT_ONCE,
    });
    for (const { tenant, transferId } of stuck) await this.process.resume({ tenant, transferId }).catch(this.onFault);
  }
}
