import { parseTime, Problem } from '@holdfast/platform';
import { overlap, placeOfLine, type CountCommand, type RecordedCount } from '@holdfast/warehouse';
import { skuNamed } from '../adjustments/subject.js';
import type { CountClaims } from './count-claims.js';
import type { CountRecord } from './count-record.js';
import type { CountActionRequest, CountPosition, RecordedLineRequest } from './count.dto.js';
import type { CountRef } from './count-streams.js';
import type { Selection } from './planning/selection.js';
import type { CountSettings } from './planning/settings.dto.js';
import { pickWindowMs, soldGoodsStated, type CountSettingsTable } from './planning/settings.js';
import type { SkuCounts } from './sku-counts.js';

/** The clock of a counting device may be ahead by so much. */
const CLOCK_AHEAD_MS = 300_000;
const AT_ONCE = 16;

export interface Stamp {
  readonly at: number;
  readonly commandId: string;
  /** The person. */
  readonly by: string;
}

type Counted = Pick<RecordedLineRequest, 'quantity' | 'countedAt' | 'pickedUnits' | 'awaitingPickUnits'>;

const FIELDS: Readonly<Partial<Record<CountActionRequest['action'], 'lines' | 'line' | 'lineId'>>> = {
  record: 'lines',
  add_line: 'line',
  remove_line: 'lineId',
};

/** Makes the commands of the actions on a batch. */
export class CountActions {
  constructor(
    private readonly skus: SkuCounts,
    private readonly selection: Selection,
    private readonly claims: CountClaims,
    private readonly settings: CountSettingsTable,
  ) {}

  /** @throws Problem 400 for fields that the action does not take, and for times that cannot be */
  async commandOf(ref: CountRef, record: CountRecord, request: CountActionRequest, stamp: Stamp): Promise<CountCommand> {
    const { action, lines, line, lineId } = request;
    mustTakeFields(request);
    switch (action) {
      case 'start':
        return { type: 'StartCount', ...stamp };
      case 'record':
        return { type: 'RecordCounts', ...stamp, counts: await this.counts(ref, record, lines ?? [], stamp.at) };
      case 'add_line':
        return this.addLine(ref, record, line === undefined ? { sku: '', quantity: 0 } : { ...line, sku: skuNamed(line, 'line.') }, stamp);
      case 'remove_line':
        return { type: 'RemoveCountLine', ...stamp, lineId: lineId ?? '' };
      case 'submit':
        return { type: 'SubmitCount', ...stamp, nettings: await this.skus.nettingsToSubmit(ref, record.state) };
      case 'cancel':
        return { type: 'CancelCount', ...stamp };
      default:
        return action satisfies never;
    }
  }

  private async counts(
    ref: CountRef,
    record: CountRecord,
    lines: readonly RecordedLineRequest[],
    at: number,
  ): Promise<readonly RecordedCount[]> {
    const lineById = new Map(record.state.lines.map((line) => [line.lineId, line]));
    const settings = await this.settings.read(ref.tenant);
    const counts: RecordedCount[] = [];
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      const some = lines.slice(from, from + AT_ONCE);
      counts.push(
        ...(await Promise.all(
          some.map(async (line) => ({
            lineId: line.lineId,
            ...(await this.count(ref, record, lineById.get(line.lineId), line, at, settings)),
          })),
        )),
      );
    }
    return counts;
  }

  /** @param line undefined for a line that the batch does not have; the batch refuses it */
  private async count(
    ref: CountRef,
    record: CountRecord,
    line: CountPosition | undefined,
    counted: Counted,
    at: number,
    settings: CountSettings,
  ): Promise<Omit<RecordedCount, 'lineId'>> {
    const { quantity, pickedUnits, awaitingPickUnits } = counted;
    const countedAt = countTime(counted.countedAt, record.createdAt, at);
    if (line === undefined) return { quantity, countedAt, book: { revision: -1, units: 0, reservedUnits: 0, unpickedUnits: 0 } };
    const { locationId } = record.state;
    const place = placeOfLine(locationId, line);
    const book = await this.skus.recordedAt({ tenant: ref.tenant, sku: line.sku }, place, countedAt, pickWindowMs(settings));
    return {
      quantity,
      countedAt,
      book,
      ...soldGoodsStated(settings, locationId, book, quantity),
      ...(pickedUnits === undefined ? {} : { pickedUnits }),
      ...(awaitingPickUnits === undefined ? {} : { awaitingPickUnits }),
    };
  }

  private async addLine(
    ref: CountRef,
    record: CountRecord,
    line: NonNullable<CountActionRequest['line']> & { readonly sku: string },
    stamp: Stamp,
  ): Promise<CountCommand> {
    const settings = await this.settings.read(ref.tenant);
    const { locationId, lines, phase } = record.state;
    const added = await this.selection.added(ref.tenant, locationId, line);
    // A batch that takes no line refuses it, and would keep the claim: of one that has ended nothing would ever release it.
    const isOpen = phase === 'open' || phase === 'counting';
    if (isOpen && !lines.some((known) => overlap(known, line))) await this.claims.claim({ ...ref, locationId }, [line]);
    return { type: 'AddCountLine', ...stamp, line: added, count: await this.count(ref, record, line, line, stamp.at, settings) };
  }
}

function mustTakeFields(request: CountActionRequest): void {
  const wanted = FIELDS[request.action];
  const details = (['lines', 'line', 'lineId'] as const)
    .filter((field) => (request[field] === undefined) === (field === wanted))
    .map((field) => ({ field, message: field === wanted ? `is needed to ${request.action}` : `is not for ${request.action}` }));
  if (details.length > 0) throw new Problem(400, 'validation_failed', 'The request body has a fault', { details });
}

/** @throws Problem 400 `invalid_counted_at` for a time before the batch or in the future */
function countTime(countedAt: string | undefined, createdAt: number, now: number): number {
  // The clock of the process that created the batch may be ahead of this one.
  if (countedAt === undefined) return Math.max(now, createdAt);
  const time = parseTime(countedAt) ?? now;
  if (time >= createdAt && time <= now + CLOCK_AHEAD_MS) return Math.min(time, now);
  const message = time < createdAt ? 'is before the batch was created' : 'is in the future';
  throw new Problem(400, 'invalid_counted_at', 'The time of a count lies between the creation of its batch and now', {
    details: [{ field: 'countedAt', message }],
  });
}
