import { atpProjectionService } from '@holdfast/atp-projection';
import { channelConnectorService } from '@holdfast/channel-connector';
import { ingestionService } from '@holdfast/ingestion';
import { reservationService } from '@holdfast/reservation';
import { workflowService } from '@holdfast/workflow';

/** In the order in which they are asked for. Ingestion alone calls another: for files of mappings. */
export const SERVICES = {
  ingestion: ingestionService,
  reservation: reservationService,
  'atp-projection': atpProjectionService,
  'channel-connector': channelConnectorService,
  workflow: workflowService,
} as const;
