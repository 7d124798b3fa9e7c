import {
  IsFlag,
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsNested,
  IsOneOf,
  IsText,
  IsWholeNumber,
  MAX_BULK_LINES,
  PageQuery,
  Pagination,
} from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { PollerRequest, PollerView } from '../pollers/connections/poller.dto.js';
import { FIGURE_COVERS, type FigureCovers } from './routing.js';

/** A week: longer, and a figure would hardly ever count a sale as posted. */
const MAX_POSTING_LAG_MS = 604_800_000;

const WAREHOUSE = { description: "The ERP's own id of the warehouse", example: '0001' };

export class MappingRequest {
  @IsIdentifier(WAREHOUSE)
  readonly warehouseId!: string;

  @IsLocationId({ nullable: true, description: 'Location that the warehouse is; null takes the mapping away' })
  readonly locationId!: string | null;
}

export class InlineMappingRequest {
  @IsIdentifier(WAREHOUSE)
  readonly warehouseId!: string;

  @IsLocationId()
  readonly locationId!: string;
}

export class ConnectionRequest {
  @IsText({ description: 'Name for people', example: 'SAP Europe' })
  readonly name!: string;

  @IsText({ optional: true, description: 'Kind of ERP', example: 'sap-s4hana' })
  readonly system?: string;

  @IsWholeNumber({
    min: 0,
    max: MAX_POSTING_LAG_MS,
    optional: true,
    nullable: true,
    description: 'A sale counts as posted this many milliseconds after its commit; null (default): only once an issue names its order',
    example: null,
  })
  readonly postingLagMs?: number | null;

  @IsFlag({
    optional: true,
    description:
      'Adjustments and counts come back as postings of the ERP, which name their document: until then its figures do not contain them. False (default): a figure contains those of an earlier time, so the ERP must be told or the next figure undoes them',
  })
  readonly adjustmentsPostedBack?: boolean;

  @IsOneOf(FIGURE_COVERS, {
    optional: true,
    description:
      'Whether figures contain units that the ERP has blocked. Where they do not, a level whose documentId is the erpReference of a hold releases it by the units that went. Default unrestricted for systems whose name begins with sap, else physical',
  })
  readonly figureCovers?: FigureCovers;

  @IsFlag({ optional: true, description: 'A warehouse without a mapping is the location of the same id, where there is one' })
  readonly autoMap?: boolean;

  @IsListOf(() => InlineMappingRequest, { min: 0, max: MAX_BULK_LINES, optional: true, description: 'Mappings to set; others stay' })
  readonly mappings?: InlineMappingRequest[];

  @IsNested(() => PollerRequest, {
    optional: true,
    nullable: true,
    description:
      'How Holdfast reads the ERP by itself; set whole, but credentials that are left out stay. Left out: as before; null: not at all',
  })
  readonly poller?: PollerRequest | null;
}

export class MappingsRequest {
  @IsIdentifier({ description: 'Connection', example: 'sap-eu' })
  readonly connectionId!: string;

  @IsListOf(() => MappingRequest, { max: MAX_BULK_LINES, description: 'Mappings to set or take away; others stay' })
  readonly mappings!: MappingRequest[];
}

export class MappingsQuery extends PageQuery {
  @IsIdentifier({ optional: true, description: 'Connection', example: 'sap-eu' })
  readonly connectionId?: string;
}

export class WarehouseLocation {
  @ApiProperty()
  readonly warehouseId!: string;

  @ApiProperty()
  readonly locationId!: string;
}

export class ConnectionView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty()
  readonly system!: string;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly postingLagMs!: number | null;

  @ApiProperty()
  readonly adjustmentsPostedBack!: boolean;

  @ApiProperty({ enum: FIGURE_COVERS })
  readonly figureCovers!: FigureCovers;

  @ApiProperty()
  readonly autoMap!: boolean;

  @ApiProperty({ type: [WarehouseLocation] })
  readonly mappings!: readonly WarehouseLocation[];

  @ApiProperty({ type: PollerView, nullable: true, description: 'Null where Holdfast does not read the ERP by itself' })
  readonly poller!: PollerView | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class ConnectionsView {
  @ApiProperty({ type: [ConnectionView] })
  readonly connections!: readonly ConnectionView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class WarehouseMappingView {
  @ApiProperty()
  readonly connectionId!: string;

  @ApiProperty()
  readonly warehouseId!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class WarehouseMappingsView {
  @ApiProperty({ type: [WarehouseMappingView] })
  readonly mappings!: readonly WarehouseMappingView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
