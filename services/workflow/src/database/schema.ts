import type { DatabaseSchema } from '@holdfast/runtime';
import { TransferEntity } from '../transfers/transfer.entity.js';
import { CreateWorkflow1700000000000 } from './1700000000000-create-workflow.migration.js';
import { CreateProcess1700000000001 } from './1700000000001-create-process.migration.js';
import { LimitAlerts1700000000002 } from './1700000000002-limit-alerts.migration.js';
import { Alerts1700000000003 } from './1700000000003-alerts.migration.js';
import { ChannelAlerts1700000000004 } from './1700000000004-channel-alerts.migration.js';

export const workflowEntities = [TransferEntity];

export const workflowSchema: DatabaseSchema = {
  name: 'workflow',
  entities: workflowEntities,
  migrations: [
    CreateWorkflow1700000000000,
    CreateProcess1700000000001,
    LimitAlerts1700000000002,
    Alerts1700000000003,
    ChannelAlerts1700000000004,
  ],
};
