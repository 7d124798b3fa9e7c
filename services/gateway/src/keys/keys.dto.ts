import { IsOneOfList, IsPermissionList } from './checks.js';
import { IsText, IsTime } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { ROLE_NAMES } from '../access/roles.js';

export class CreateKey {
  @IsText({ max: 100, description: 'What the key is for', example: 'Storefront, production' })
  readonly name!: string;

  @IsOneOfList(ROLE_NAMES, { optional: true, description: 'Roles; they bundle permissions' })
  readonly roles?: string[];

  @IsPermissionList({ optional: true, description: 'Permissions, e.g. inventory.read or inventory.*' })
  readonly permissions?: string[];

  @IsTime({ optional: true, description: 'When the key ends; never, when not given' })
  readonly expiresAt?: string;
}

export class KeyView {
  @ApiProperty({ example: 'key_5b0e9c1a7f3d' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ type: [String] })
  readonly roles!: readonly string[];

  @ApiProperty({ type: [String] })
  readonly permissions!: readonly string[];

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty()
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  readonly expiresAt!: string | null;
}

export class CreatedKey extends KeyView {
  @ApiProperty({ description: 'The key itself. Shown this once; Holdfast keeps its hash only.', example: 'hf_…' })
  readonly key!: string;
}

export class KeyPagination {
  @ApiProperty()
  readonly page!: number;

  @ApiProperty()
  readonly pageSize!: number;

  @ApiProperty()
  readonly total!: number;

  @ApiProperty()
  readonly totalPages!: number;
}

export class KeyList {
  @ApiProperty({ type: [KeyView] })
  readonly keys!: readonly KeyView[];

  @ApiProperty()
  readonly pagination!: KeyPagination;
}
