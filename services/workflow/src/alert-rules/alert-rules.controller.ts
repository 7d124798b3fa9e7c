import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, pageOf, personOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { AlertRulesPage, AlertRulesQuery, AlertRuleView, PutAlertRuleRequest } from './alert-rules.dto.js';
import { AlertRulesService } from './alert-rules.service.js';

@ApiTags('Alerts')
@Controller('v1/alert-rules')
export class AlertRulesController {
  constructor(private readonly rules: AlertRulesService) {}

  @Get()
  @Needs('alerts.read')
  @ApiOperation({ operationId: 'alertRules.list', summary: 'Rules of thresholds, by id' })
  @ApiOkResponse({ type: AlertRulesPage })
  page(@Query() query: AlertRulesQuery, @CurrentCaller() { tenant }: Caller): Promise<AlertRulesPage> {
    return this.rules.page(tenant, query, pageOf(query));
  }

  @Get(':ruleId')
  @Needs('alerts.read')
  @ApiOperation({ operationId: 'alertRules.get', summary: 'One rule of thresholds' })
  @ApiOkResponse({ type: AlertRuleView })
  get(@Param('ruleId', IdentifierPipe) ruleId: string, @CurrentCaller() { tenant }: Caller): Promise<AlertRuleView> {
    return this.rules.get({ tenant, ruleId });
  }

  @Put(':ruleId')
  @Needs('alerts.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'alertRules.put',
    summary: 'Set the threshold of a SKU, a category or all, over all locations or at one',
    description:
      'The most specific rule counts: one for the SKU, then the threshold of the product itself, then one for its category, then one for all. What is low by a new threshold is told at once.',
  })
  @ApiOkResponse({ type: AlertRuleView })
  put(
    @Param('ruleId', IdentifierPipe) ruleId: string,
    @Body() request: PutAlertRuleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<AlertRuleView> {
    return this.rules.put({ tenant: caller.tenant, ruleId }, request, personOf(caller));
  }

  @Delete(':ruleId')
  @HttpCode(204)
  @Needs('alerts.write')
  @ApiOperation({ operationId: 'alertRules.remove', summary: 'Remove a rule; the next less specific one counts' })
  @ApiNoContentResponse()
  remove(@Param('ruleId', IdentifierPipe) ruleId: string, @CurrentCaller() { tenant }: Caller): Promise<void> {
    return this.rules.remove({ tenant, ruleId });
  }
}
