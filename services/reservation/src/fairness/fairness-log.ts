import type { SkuRef } from '@holdfast/ledger';
import type { Page } from '@holdfast/platform';
import type { FairnessRecorder } from './fairness-recorder.js';
import type { FairnessSummary, FairnessTable, ServedContender, Span } from './fairness-table.js';

export interface FairnessPage {
  readonly summary: FairnessSummary;
  readonly contenders: readonly ServedContender[];
}

/** Reads the log for the HTTP API, after writing everything that this process has noted. */
export class FairnessLog {
  constructor(
    private readonly recorder: Pick<FairnessRecorder, 'flush'>,
    private readonly table: Pick<FairnessTable, 'page' | 'summary'>,
  ) {}

  async read(ref: SkuRef, span: Span, page: Page): Promise<FairnessPage> {
    await this.recorder.flush();
    const [summary, contenders] = await Promise.all([this.table.summary(ref, span), this.table.page(ref, span, page)]);
    return { summary, contenders };
  }
}
