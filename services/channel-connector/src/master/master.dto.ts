import { IsFlag, IsLocationId, IsQuantity, IsText, MAX_REASON_LENGTH } from '@holdfast/platform';

export class UpdateMasterRequest {
  @IsQuantity({ min: 0, description: 'The new on-hand quantity' })
  readonly quantity!: number;

  @IsFlag({ optional: true, description: 'Tell every channel, also those whose automatic sync is off' })
  readonly syncToChannels?: boolean;

  @IsText({ max: MAX_REASON_LENGTH, optional: true, description: 'Kept in the history and in the event', example: 'warehouse count' })
  readonly reason?: string;

  @IsLocationId({ optional: true, description: 'Needed where the SKU lies in several locations' })
  readonly locationId?: string;
}
