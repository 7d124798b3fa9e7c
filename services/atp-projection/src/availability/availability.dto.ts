import { isKeptByChannel } from '@holdfast/inventory';
import { ApiProperty } from '@nestjs/swagger';
import {
  IsChannelId,
  IsListOf,
  IsLocationId,
  IsOneOf,
  IsQuantity,
  IsSku,
  MAX_ORDER_LINES,
  PageQuery,
  Pagination,
} from '@holdfast/platform';
import type { StockOfLots } from '@holdfast/read-model';
import { itemView, ItemView } from '../items/item.dto.js';
import type { FigureAt } from '../reading/erp-figure.dto.js';

export class AvailabilityQuery extends PageQuery {
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsSku({ optional: true, description: 'Product; its id is the SKU' })
  readonly productMasterId?: string;
}

/** An inventory item with what keeps it from being sold and what is on its way. */
export class AvailabilityView extends ItemView {
  @ApiProperty({ description: 'On the way to the location' })
  readonly quantityInTransit!: number;

  @ApiProperty({ description: 'Units that channels are not shown' })
  readonly safetyStock!: number;

  @ApiProperty({ description: 'Available above safety stock, before the buffers of a channel' })
  readonly quantityPromisable!: number;
}

export class AvailabilitiesView {
  @ApiProperty({ type: [AvailabilityView] })
  readonly items!: readonly AvailabilityView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export const availabilityView = (row: StockOfLots, figureAt: FigureAt): AvailabilityView => ({
  ...itemView(row, figureAt),
  quantityInTransit: row.inTransit,
  safetyStock: row.safetyStock,
  quantityPromisable: isKeptByChannel(row.locationId) ? 0 : Math.max(0, row.onHand - row.held - row.reserved - row.safetyStock),
});

export class CheckLine {
  @IsSku()
  readonly sku!: string;

  @IsQuantity()
  readonly quantity!: number;
}

export const CONSISTENCIES = ['projection', 'strong'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

export class CheckRequest {
  @IsListOf(() => CheckLine, { max: MAX_ORDER_LINES, description: 'Lines of one SKU are added up' })
  readonly items!: CheckLine[];

  @IsChannelId({
    optional: true,
    description: 'What this channel may promise, within its cap and the floors of others; without it, whatever is not reserved',
  })
  readonly channelId?: string;

  @IsLocationId({ optional: true, description: 'From this location only' })
  readonly locationId?: string;

  @IsOneOf(CONSISTENCIES, { optional: true, description: 'strong: asks the event stream instead of the projection' })
  readonly consistency?: Consistency;
}

/** Why not all units can be had: the codes by which a reservation of them would be refused. */
export const SHORT_CODES = ['insufficient_stock', 'channel_cap', 'protected_for_channels', 'holder_limit'] as const;
export type ShortCode = (typeof SHORT_CODES)[number];

export class SourceView {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty()
  readonly quantity!: number;
}

export class CheckedLineView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly requested!: number;

  @ApiProperty({ description: 'Whether all that was requested can be had' })
  readonly available!: boolean;

  @ApiProperty({ description: 'Units that can be had, also when fewer or more were requested' })
  readonly quantityAvailable!: number;

  @ApiProperty({ type: [SourceView], description: 'Where the requested units would come from, as far as there are any' })
  readonly sources!: readonly SourceView[];

  @ApiProperty({
    enum: SHORT_CODES,
    nullable: true,
    description: 'Why not all of it can be had: the code by which a reservation would be refused; null where it can',
  })
  readonly code!: ShortCode | null;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'When all of it can be had; null where no date is known' })
  readonly earliestDate!: string | null;

  @ApiProperty({ description: 'False for a SKU that was never heard of' })
  readonly known!: boolean;
}

export class CheckView {
  @ApiProperty({ description: 'Whether every line can be had' })
  readonly available!: boolean;

  @ApiProperty({ type: [CheckedLineView], description: 'One a SKU, in the order of the request' })
  readonly lines!: readonly CheckedLineView[];

  @ApiProperty({ enum: CONSISTENCIES })
  readonly consistency!: Consistency;

  @ApiProperty({ description: 'Position of the newest event that the answer reflects' })
  readonly position!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'When that event was recorded' })
  readonly asOf!: string | null;

  @ApiProperty({
    description: 'For how long something has been true that the answer does not reflect, milliseconds; 0: it reflects everything',
  })
  readonly ageMs!: number;
}
