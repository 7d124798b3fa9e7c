import { ApiProperty } from '@nestjs/swagger';

/** How old the figure of an ERP is at a location that it feeds. */
export class ErpFigureView {
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'When the last complete poll of the ERP began; null before the first one',
  })
  readonly asOf!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Whole seconds since then' })
  readonly ageSeconds!: number | null;

  @ApiProperty({ description: 'Older than three intervals of the poller, at least five minutes; also before the first complete poll' })
  readonly isStale!: boolean;
}

/** How old the figures at a location of a tenant are; undefined where no polled ERP connection feeds it. */
export type FigureAt = (locationId: string) => ErpFigureView | undefined;

/** What a row of a location that a polled ERP connection feeds says in addition. */
export class FedByErp {
  @ApiProperty({ required: false, type: ErpFigureView, description: 'Only at locations that a polled ERP connection feeds' })
  readonly erpFigure?: ErpFigureView;
}

export function fedByErp(locationId: string, figureAt: FigureAt): FedByErp {
  const erpFigure = figureAt(locationId);
  return erpFigure === undefined ? {} : { erpFigure };
}
