import { HOLD_TYPES, RELEASE_DISPOSITIONS, type PlaceHold, type ReleaseHold } from '@holdfast/inventory';
import {
  IsFlag,
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsText,
  IsTime,
  IsWholeNumber,
  MAX_REASON_LENGTH,
  PageQuery,
} from '@holdfast/platform';
import { MAX_LINES_PER_HOLD } from '@holdfast/warehouse';
import { NamedStock } from '../adjustments/subject.js';

const UNITS = { optional: true, description: 'Units at the location; all of it, also what arrives later, where left out' };
const PLACE = { optional: true, description: 'Needed with a quantity; every location of the SKU where left out' };

export class HoldLineRequest extends NamedStock {
  @IsLocationId(PLACE)
  readonly locationId?: string;

  @IsQuantity(UNITS)
  readonly quantity?: number;
}

/** One SKU at the top, or several in `items`. */
export class PlaceHoldRequest extends NamedStock {
  @IsLocationId(PLACE)
  readonly locationId?: string;

  @IsQuantity(UNITS)
  readonly quantity?: number;

  @IsOneOf(HOLD_TYPES, { description: 'recall and legal are never refused for promises' })
  readonly type!: PlaceHold['holdType'];

  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'For people', example: 'seal test' })
  readonly reason?: string;

  @IsText({ optional: true, description: 'Your own name for it', example: 'QA-118' })
  readonly reference?: string;

  @IsIdentifier({ optional: true, description: 'Document of the ERP that blocks the same units: its issue under it releases the hold' })
  readonly erpReference?: string;

  @IsTime({ optional: true, description: 'Information only; nothing is released by time' })
  readonly expectedReleaseAt?: string;

  @IsFlag({ optional: true, description: 'Hold units even where they are promised. Default false' })
  readonly mayUncoverPromises?: boolean;

  @IsListOf(() => HoldLineRequest, { max: MAX_LINES_PER_HOLD, optional: true })
  readonly items?: HoldLineRequest[];
}

export class ReleaseHoldRequest {
  @IsIdentifier()
  readonly holdId!: string;

  @IsQuantity({ optional: true, description: 'Part of a hold with a quantity; all of it where left out' })
  readonly quantity?: number;

  @IsOneOf(RELEASE_DISPOSITIONS, {
    optional: true,
    description: 'What becomes of the units; the others than to_stock take them off on hand',
  })
  readonly disposition?: ReleaseHold['disposition'];

  @IsIdentifier({ optional: true, description: 'Of the units that leave: one of the reason codes of adjustments', example: 'scrap' })
  readonly reasonCode?: string;

  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'For people' })
  readonly reason?: string;

  @IsWholeNumber({ min: 1, max: 1_000_000, optional: true, description: 'Refuse where the hold has another version' })
  readonly expectedVersion?: number;
}

export const HOLD_STATUSES = ['active', 'partly_released', 'in_transit', 'released'] as const;
export type HoldStatus = (typeof HOLD_STATUSES)[number];

export class HoldsQuery extends PageQuery {
  @IsIdentifier({ optional: true })
  readonly id?: string;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId({ optional: true, description: 'Holds on this location, and on a whole SKU' })
  readonly locationId?: string;

  @IsIdentifier({ optional: true })
  readonly lotId?: string;

  @IsOneOf([...HOLD_TYPES, 'expired'], { optional: true, description: '`expired`: what `mark-expired` made of a part of a lot' })
  readonly type?: PlaceHold['holdType'] | 'expired';

  @IsOneOf(HOLD_STATUSES, { optional: true })
  readonly status?: HoldStatus;

  @IsFlag({ optional: true, query: true, description: 'With the id of a hold on a lot: where units of the lot went. Default false' })
  readonly trace?: boolean;
}
