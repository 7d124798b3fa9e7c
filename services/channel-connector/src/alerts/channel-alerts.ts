import { cloudEvent, TOPICS, type ChannelAlert, type ChannelAlertMessage } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';
import type { Bus } from '@holdfast/messaging';
import type { AlertBounds, AlertTable, Trouble, TroubleRow } from './alert-table.js';

const KINDS: Readonly<Record<Trouble, { readonly begins: ChannelAlert['kind']; readonly ends: ChannelAlert['kind'] }>> = {
  sync: { begins: 'sync_failing', ends: 'sync_recovered' },
  drift: { begins: 'drift', ends: 'drift_recovered' },
};

/** Says once on the topic of alerts that a channel fails, or shows what it should not, for longer than the bound, and once that it is over. */
export class ChannelAlerts {
  constructor(
    private readonly table: AlertTable,
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly now: () => number,
    private readonly bounds: AlertBounds,
  ) {}

  /** Called again and again. A death between message and row makes the same message again, under the same id. */
  async look(): Promise<void> {
    for (const row of await this.table.troubles(this.bounds)) await this.weigh(row);
    await this.table.forgetRemoved();
  }

  private async weigh(row: TroubleRow): Promise<void> {
    if (row.since === null) return this.table.begin(row);
    const { begins, ends } = KINDS[row.trouble];
    if (!row.isThere) {
      if (row.isTold) await this.tell(row, ends);
      return this.table.end(row);
    }
    const waits = row.trouble === 'sync' ? this.bounds.syncFailingMs : 0;
    if (row.isTold || row.ageMs < waits) return;
    await this.tell(row, begins);
    await this.table.told(row);
  }

  private async tell({ tenant, channelId, since, ...row }: TroubleRow, kind: ChannelAlert['kind']): Promise<void> {
    const message: ChannelAlertMessage = cloudEvent({
      id: uuidOf(`alert|channel|${JSON.stringify([tenant, channelId, kind, since])}`),
      source: 'holdfast/channel-connector',
      type: 'holdfast.channel.alert.v1',
      subject: channelId,
      at: this.now(),
      tenant,
      data: { kind, channelId, since: new Date(row.sinceMs ?? this.now()).toISOString(), ...detailsOf(row) },
    });
    await this.bus.publish(TOPICS.alerts.name, [{ key: `${tenant}|${channelId}`, value: JSON.stringify(message) }]);
  }
}

function detailsOf({ trouble, isThere, says, failures, openEntries, oldestMs }: Omit<TroubleRow, 'tenant' | 'channelId' | 'since'>) {
  if (trouble === 'drift') return { openEntries, ...(oldestMs === null ? {} : { oldestAt: new Date(oldestMs).toISOString() }) };
  return isThere ? { failures, says: says ?? 'the channel is gone' } : {};
}
