import type { DatabaseSchema } from '@holdfast/runtime';
import { CountBatchEntity } from '../counts/count.entity.js';
import { TransferEntity } from '../transfers/transfer.entity.js';
import { CreateWorkflow1700000000000 } from './1700000000000-create-workflow.migration.js';
import { CreateProcess1700000000001 } from './1700000000001-create-process.migration.js';
import { LimitAlerts1700000000002 } from './1700000000002-limit-alerts.migration.js';
import { Alerts1700000000003 } from './1700000000003-alerts.migration.js';
import { Replenishment1700000000010 } from './1700000000010-replenishment.migration.js';
import { AlertWebhooks1700000000005 } from './1700000000005-alert-webhooks.migration.js';
import { Bins1700000000014 } from './1700000000014-bins.migration.js';
import { Adjustments1700000000006 } from './1700000000006-adjustments.migration.js';
import { Holds1700000000007 } from './1700000000007-holds.migration.js';
import { Counts1700000000008 } from './1700000000008-counts.migration.js';
import { LotExpiry1700000000012 } from './1700000000012-lot-expiry.migration.js';
import { ExpiredLots1700000000013 } from './1700000000013-expired-lots.migration.js';
import { LotRedating1700000000025 } from './1700000000025-lot-redating.migration.js';
import { AlertRules1700000000018 } from './1700000000018-alert-rules.migration.js';
import { AlertTroubles1700000000019 } from './1700000000019-alert-troubles.migration.js';
import { PutAwayWaiting1700000000020 } from './1700000000020-put-away-waiting.migration.js';
import { DailyClosing1700000000011 } from './1700000000011-daily-closing.migration.js';
import { Movements1700000000021 } from './1700000000021-movements.migration.js';
import { CheckpointTime1700000000022 } from './1700000000022-checkpoint-time.migration.js';
import { CategoryPosition1700000000023 } from './1700000000023-category-position.migration.js';
import { BinSale1700000000024 } from './1700000000024-bin-sale.migration.js';
import { CorrectedPositions1700000000030 } from './1700000000030-corrected-positions.migration.js';
import { ReasonCodes1700000000031 } from './1700000000031-reason-codes.migration.js';
import { LotDiscrepancies1700000000032 } from './1700000000032-lot-discrepancies.migration.js';
import { CountProposals1700000000033 } from './1700000000033-count-proposals.migration.js';
import { AdjustmentsByPosition1700000000034 } from './1700000000034-adjustments-by-position.migration.js';
import { RequestCounts1700000000035 } from './1700000000035-request-counts.migration.js';
import { RequestSearch1700000000036 } from './1700000000036-request-search.migration.js';
import { Deliveries1700000000037 } from './1700000000037-deliveries.migration.js';
import { CountPositionClaims1700000000040 } from './1700000000040-count-position-claims.migration.js';
import { LotMovements1700000000041 } from './1700000000041-lot-movements.migration.js';
import { Rebalancing1700000000016 } from './1700000000016-rebalancing.migration.js';
import { StockRequests1700000000009 } from './1700000000009-stock-requests.migration.js';
import { ChannelAlerts1700000000004 } from './1700000000004-channel-alerts.migration.js';

export const workflowEntities = [TransferEntity, CountBatchEntity];

export const workflowSchema: DatabaseSchema = {
  name: 'workflow',
  entities: workflowEntities,
  migrations: [
    CreateWorkflow1700000000000,
    CreateProcess1700000000001,
    LimitAlerts1700000000002,
    Alerts1700000000003,
    ChannelAlerts1700000000004,
    AlertWebhooks1700000000005,
    Adjustments1700000000006,
    Holds1700000000007,
    Counts1700000000008,
    StockRequests1700000000009,
    Replenishment1700000000010,
    DailyClosing1700000000011,
    LotExpiry1700000000012,
    ExpiredLots1700000000013,
    Bins1700000000014,
    Rebalancing1700000000016,
    AlertRules1700000000018,
    AlertTroubles1700000000019,
    PutAwayWaiting1700000000020,
    Movements1700000000021,
    CheckpointTime1700000000022,
    CategoryPosition1700000000023,
    BinSale1700000000024,
    LotRedating1700000000025,
    CorrectedPositions1700000000030,
    ReasonCodes1700000000031,
    LotDiscrepancies1700000000032,
    CountProposals1700000000033,
    AdjustmentsByPosition1700000000034,
    RequestCounts1700000000035,
    RequestSearch1700000000036,
    Deliveries1700000000037,
    CountPositionClaims1700000000040,
    LotMovements1700000000041,
  ],
};
