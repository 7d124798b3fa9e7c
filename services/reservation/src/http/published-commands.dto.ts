import { ApiProperty } from '@nestjs/swagger';
import type { CommandKind, ReservationResult } from '@holdfast/contracts';
import { IsListOf, IsOneOf, IsText, property } from '@holdfast/platform';
import { IsObject } from 'class-validator';

const MAX_COMMANDS = 1_000;
const KINDS: readonly CommandKind[] = ['reserve', 'commit', 'release', 'extend'];

export class CommandRequest {
  @IsText({ max: 300, description: 'Unique per source; the same again changes nothing', example: 'order-1001-reserve' })
  readonly id!: string;

  @IsOneOf(KINDS)
  readonly kind!: CommandKind;

  /** The schema of the topic is what checks it. */
  @property({ type: Object }, { description: 'As on the topic reservation.commands.v1' }, [IsObject({ message: 'must be an object' })])
  readonly data!: object;
}

export class CommandsRequest {
  @IsText({ max: 300, optional: true, description: 'Who sends them, a URI reference; one made of the caller when not given' })
  readonly source?: string;

  @IsListOf(() => CommandRequest, { max: MAX_COMMANDS })
  readonly commands!: CommandRequest[];
}

export class AcceptedCommand {
  @ApiProperty({ type: 'integer', description: 'Place in the request, from 0' })
  readonly index!: number;

  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ format: 'uuid', description: 'Under which its result is found' })
  readonly commandId!: string;
}

export class RejectedCommand {
  @ApiProperty({ type: 'integer', description: 'Place in the request, from 0' })
  readonly index!: number;

  @ApiProperty()
  readonly code!: string;

  @ApiProperty({ description: 'Names the field and what would be right' })
  readonly message!: string;
}

export class CommandsAnswer {
  @ApiProperty({ type: () => [AcceptedCommand] })
  readonly accepted!: readonly AcceptedCommand[];

  @ApiProperty({ type: () => [RejectedCommand] })
  readonly rejected!: readonly RejectedCommand[];
}

export class CommandResultAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly commandId!: string;

  @ApiProperty({ type: Object })
  readonly command!: ReservationResult['command'];

  @ApiProperty({ enum: ['done', 'refused'] })
  readonly outcome!: string;

  @ApiProperty({ type: 'integer', description: 'What the request that says the same would have been answered' })
  readonly status!: number;

  @ApiProperty({ type: Object, required: false, description: 'The reservation as it was when the command was carried out' })
  readonly reservation?: ReservationResult['reservation'];

  @ApiProperty({ required: false })
  readonly position?: string;

  @ApiProperty({ type: Object, required: false, description: 'Why it was refused' })
  readonly error?: ReservationResult['error'];
}
