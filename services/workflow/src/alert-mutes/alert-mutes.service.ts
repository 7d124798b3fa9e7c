import { Problem } from '@holdfast/platform';
import type { MuteView, PutMuteRequest } from './alert-mutes.dto.js';
import { MAX_MUTES_OF_TENANT, type MuteRef, type MuteTable, type StoredMute } from './mute-table.js';

const MOST_MS = 366 * 86_400_000;

/** What no webhook of a tenant is told for a while. */
export class AlertMutesService {
  constructor(
    private readonly table: MuteTable,
    private readonly now: () => number,
  ) {}

  async list(tenant: string): Promise<readonly MuteView[]> {
    return (await this.table.list(tenant)).map(muteView);
  }

  /** @throws Problem 400 `validation_failed`, 409 `too_many_mutes` */
  async put(ref: MuteRef, request: PutMuteRequest, by: string): Promise<MuteView> {
    const { type = null, sku = null, locationId = null, channelId = null, connectionId = null, reason = null } = request;
    const [now, until] = [this.now(), Date.parse(request.until)];
    if (until <= now || until > now + MOST_MS) throw faulty('until', 'must lie ahead, by at most 366 days');
    if ([type, sku, locationId, channelId, connectionId].every((each) => each === null))
      throw faulty('type', 'one of type, sku, locationId, channelId and connectionId is needed');
    const mute: StoredMute = {
      ...ref,
      type,
      sku,
      locationId,
      channelId,
      connectionId,
      until: new Date(until),
      reason,
      createdBy: by,
    };
    if (!(await this.table.put(mute, now)))
      throw new Problem(409, 'too_many_mutes', `A tenant has at most ${String(MAX_MUTES_OF_TENANT)} mutes; remove some`);
    return muteView(mute);
  }

  /** @throws Problem 404 `unknown_mute` */
  async remove(ref: MuteRef): Promise<void> {
    if (!(await this.table.remove(ref)))
      throw new Problem(404, 'unknown_mute', 'There is no such mute', { details: [{ muteId: ref.muteId }] });
  }
}

const faulty = (field: string, message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has faults', { details: [{ field, message }] });

const muteView = ({ tenant: _, until, ...mute }: StoredMute): MuteView => ({ ...mute, until: until.toISOString() });
