import { Module, type DynamicModule } from '@nestjs/common';
import { AdjustmentList } from './adjustments/adjustment-list.js';
import { AdjustmentsController } from './adjustments/adjustments.controller.js';
import { AdjustmentsService } from './adjustments/adjustments.service.js';
import { RecordStockService } from './adjustments/record-stock.service.js';
import { AlertMutesController } from './alert-mutes/alert-mutes.controller.js';
import { AlertMutesService } from './alert-mutes/alert-mutes.service.js';
import { WebhooksController } from './alert-webhooks/webhooks.controller.js';
import { WebhooksService } from './alert-webhooks/webhooks.service.js';
import { AlertList } from './alerts/alert-list.js';
import { AlertListController } from './alerts/alert-list.controller.js';
import type { AlertParts } from './alerts/alert-parts.js';
import { AlertsConsumer } from './alerts/alerts.consumer.js';
import { AlertRulesController } from './alert-rules/alert-rules.controller.js';
import { AlertRulesService } from './alert-rules/alert-rules.service.js';
import { AtpConsumer } from './stock-alerts/atp.consumer.js';
import { LowStockController } from './stock-alerts/low-stock.controller.js';
import { LowStockView } from './stock-alerts/low-stock.js';
import { StockWatch } from './stock-alerts/stock-watch.js';
import { AnalyticsController } from './analytics/analytics.controller.js';
import { AnalyticsService } from './analytics/analytics.service.js';
import { AbcClasses } from './counts/planning/abc.js';
import { BareCountsController } from './counts/bare-counts.controller.js';
import { CountListPosition } from './counts/count-list-position.js';
import { CountsController } from './counts/counts.controller.js';
import { CountsService } from './counts/counts.service.js';
import type { CountDoors } from './counts/open-counts.js';
import { CountSettingsTable } from './counts/planning/settings.js';
import { HoldList } from './holds/hold-list.js';
import { LotCorrectionsService } from './lots/corrections.service.js';
import { ExpiredLotsService } from './lots/expired.service.js';
import { LotControlService } from './lots/lot-control.service.js';
import { LotsController } from './lots/lots.controller.js';
import { HoldsController } from './holds/holds.controller.js';
import { HoldsService } from './holds/holds.service.js';
import { BinFacts } from './put-away/bin-facts.js';
import { BinRoom } from './put-away/bin-room.js';
import { BinStocks } from './put-away/bin-stocks.js';
import { BinsController } from './put-away/bins.controller.js';
import { PutAwayController } from './put-away/put-away.controller.js';
import { PutAwayList } from './put-away/put-away-list.js';
import type { PutAwayParts } from './put-away/put-away-parts.js';
import { PutAwayService } from './put-away/put-away.service.js';
import { ReasonCodesController } from './reason-codes/reason-codes.controller.js';
import { ReasonCodes } from './reason-codes/reason-codes.js';
import { RebalancingController } from './rebalancing/rebalancing.controller.js';
import { RebalancingService } from './rebalancing/rebalancing.service.js';
import { ReallocationController } from './reallocation/reallocation.controller.js';
import { ReallocationService } from './reallocation/reallocation.service.js';
import { RequestReportsController } from './requests/reports/request-reports.controller.js';
import { RequestReports } from './requests/reports/request-reports.js';
import { StockList } from './requests/reports/stock-list.js';
import { RequestListPosition } from './requests/request-list-position.js';
import type { RequestParts } from './requests/request-parts.js';
import { RequestStepsController } from './requests/request-steps.controller.js';
import { RequestsController } from './requests/requests.controller.js';
import { RequestsService } from './requests/requests.service.js';
import { ReplenishmentListPosition } from './replenishment/replenishment-list-position.js';
import { ReplenishmentController } from './replenishment/replenishment.controller.js';
import { ReplenishmentService } from './replenishment/replenishment.service.js';
import { RulesService } from './replenishment/rules/rules.service.js';
import { SuggestionsService } from './replenishment/runs/suggestions.service.js';
import { TransferListPosition } from './transfers/transfer-list-position.js';
import { TransfersController } from './transfers/transfers.controller.js';
import { TransfersService } from './transfers/transfers.service.js';

/** What the controllers are given. */
export interface WorkflowParts extends AlertParts, CountDoors, RequestParts, PutAwayParts {
  readonly transfers: TransfersService;
  readonly stockList: StockList;
  readonly listed: TransferListPosition;
  readonly reallocation: ReallocationService;
  readonly adjustments: AdjustmentsService;
  readonly recordStock: RecordStockService;
  readonly adjustmentList: AdjustmentList;
  readonly reasonCodes: ReasonCodes;
  readonly replenishment: ReplenishmentService;
  readonly replenishmentRules: RulesService;
  readonly suggestions: SuggestionsService;
  readonly replenishmentListed: ReplenishmentListPosition;
  readonly rebalancing: RebalancingService;
  readonly holds: HoldsService;
  readonly lotCorrections: LotCorrectionsService;
  readonly expiredLots: ExpiredLotsService;
  readonly lotControl: LotControlService;
  readonly holdList: HoldList;
  readonly analytics: AnalyticsService;
}

@Module({})
export class WorkflowModule {
  static of(parts: WorkflowParts): DynamicModule {
    return {
      module: WorkflowModule,
      controllers: [
        ReallocationController,
        // Before the transfers, where `bins` would be an id.
        BinsController,
        PutAwayController,
        TransfersController,
        RequestReportsController,
        RequestStepsController,
        RequestsController,
        ReplenishmentController,
        RebalancingController,
        LowStockController,
        AlertRulesController,
        AlertMutesController,
        AlertListController,
        WebhooksController,
        CountsController,
        BareCountsController,
        AtpConsumer,
        AlertsConsumer,
        AdjustmentsController,
        ReasonCodesController,
        HoldsController,
        LotsController,
        AnalyticsController,
      ],
      providers: [
        { provide: TransfersService, useValue: parts.transfers },
        { provide: TransferListPosition, useValue: parts.listed },
        { provide: ReallocationService, useValue: parts.reallocation },
        { provide: LowStockView, useValue: parts.lowStock },
        { provide: AlertList, useValue: parts.alerts },
        { provide: AlertRulesService, useValue: parts.alertRules },
        { provide: AlertMutesService, useValue: parts.alertMutes },
        { provide: WebhooksService, useValue: parts.webhooks },
        CountsController,
        { provide: CountsService, useValue: parts.counts },
        { provide: AbcClasses, useValue: parts.abc },
        { provide: CountSettingsTable, useValue: parts.countSettings },
        { provide: CountListPosition, useValue: parts.countsListed },
        { provide: RequestsService, useValue: parts.requests },
        { provide: StockList, useValue: parts.stockList },
        { provide: RequestReports, useValue: parts.requestReports },
        { provide: RequestListPosition, useValue: parts.requestsListed },
        { provide: StockWatch, useValue: parts.watch },
        { provide: AdjustmentsService, useValue: parts.adjustments },
        { provide: RecordStockService, useValue: parts.recordStock },
        { provide: AdjustmentList, useValue: parts.adjustmentList },
        { provide: ReasonCodes, useValue: parts.reasonCodes },
        { provide: ReplenishmentService, useValue: parts.replenishment },
        { provide: RulesService, useValue: parts.replenishmentRules },
        { provide: SuggestionsService, useValue: parts.suggestions },
        { provide: ReplenishmentListPosition, useValue: parts.replenishmentListed },
        { provide: RebalancingService, useValue: parts.rebalancing },
        { provide: LotCorrectionsService, useValue: parts.lotCorrections },
        { provide: ExpiredLotsService, useValue: parts.expiredLots },
        { provide: LotControlService, useValue: parts.lotControl },
        { provide: HoldsService, useValue: parts.holds },
        { provide: HoldList, useValue: parts.holdList },
        { provide: PutAwayService, useValue: parts.putAway },
        { provide: PutAwayList, useValue: parts.putAwayList },
        { provide: BinStocks, useValue: parts.binStocks },
        { provide: BinFacts, useValue: parts.binFacts },
        { provide: BinRoom, useValue: parts.binRoom },
        { provide: AnalyticsService, useValue: parts.analytics },
      ],
    };
  }
}
