import { ApiProperty } from '@nestjs/swagger';

class ProjectionStatus {
  @ApiProperty({ description: 'Of the newest event in the tables, decimal' })
  readonly position!: string;

  @ApiProperty({ description: 'Of the newest event in the log, decimal' })
  readonly head!: string;

  @ApiProperty({ type: 'integer', description: 'Events that the tables do not show yet; counted up to 1,000' })
  readonly eventsBehind!: number;

  @ApiProperty({
    type: 'integer',
    description: 'For how long something has been true that the tables do not show; 0 when they show everything',
  })
  readonly lagMs!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Streams of the tenant whose rows stand still, because one of their events cannot be projected',
  })
  readonly setAside!: number;
}

class StreamStatus {
  @ApiProperty({ type: 'integer', description: 'Readers of the live stream in the process that answers' })
  readonly readers!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, the ones that resumed and read at their own pace' })
  readonly resuming!: number;
}

export class OperationsStatus {
  @ApiProperty({ type: ProjectionStatus })
  readonly projection!: ProjectionStatus;

  @ApiProperty({ type: StreamStatus })
  readonly stream!: StreamStatus;
}
