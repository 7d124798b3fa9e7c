import { ApiProperty } from '@nestjs/swagger';
import { Pagination } from '@holdfast/platform';

export class SetAsideView {
  @ApiProperty({ description: 'Its rows show it as it was before the event', example: 'stock-demo.TEE' })
  readonly stream!: string;

  @ApiProperty()
  readonly tenant!: string;

  @ApiProperty({ description: 'Of the event in the stream' })
  readonly revision!: number;

  @ApiProperty({ description: 'Of the event in the log' })
  readonly position!: string;

  @ApiProperty()
  readonly eventId!: string;

  @ApiProperty({ description: 'As it is stored' })
  readonly eventType!: string;

  @ApiProperty({ description: 'Why the event cannot be projected' })
  readonly error!: string;

  @ApiProperty({ format: 'date-time' })
  readonly setAsideAt!: string;
}

export class SetAsideList {
  @ApiProperty({ type: [SetAsideView] })
  readonly streams!: readonly SetAsideView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
