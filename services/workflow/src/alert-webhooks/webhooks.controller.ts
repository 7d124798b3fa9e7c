import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, PageQuery, pageOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { AttemptsPage, PutWebhookRequest, WebhooksView, WebhookTestView, WebhookView } from './webhooks.dto.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('Alerts')
@Controller('v1/alert-webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @Needs('alerts.read')
  @ApiOperation({ operationId: 'alertWebhooks.list', summary: 'Receivers of alerts, and what is still to be sent to each' })
  @ApiOkResponse({ type: WebhooksView })
  async list(@CurrentCaller() { tenant }: Caller): Promise<WebhooksView> {
    return { webhooks: await this.webhooks.list(tenant) };
  }

  @Get(':webhookId')
  @Needs('alerts.read')
  @ApiOperation({ operationId: 'alertWebhooks.get', summary: 'One receiver of alerts' })
  @ApiOkResponse({ type: WebhookView })
  get(@Param('webhookId', IdentifierPipe) webhookId: string, @CurrentCaller() { tenant }: Caller): Promise<WebhookView> {
    return this.webhooks.get({ tenant, webhookId });
  }

  /** Not answered from the idempotency store: putting twice is harmless, and a secret must not lie there. */
  @Put(':webhookId')
  @Needs('alerts.write')
  @ApiOperation({
    operationId: 'alertWebhooks.put',
    summary: 'Have alerts sent to an address',
    description:
      'Each alert from now on is posted once it is told, signed as Standard Webhooks say, until the receiver answers with 2xx. `webhook-id` is the id of the alert: drop what comes again.',
  })
  @ApiOkResponse({ type: WebhookView })
  put(
    @Param('webhookId', IdentifierPipe) webhookId: string,
    @Body() request: PutWebhookRequest,
    @CurrentCaller() { tenant }: Caller,
  ): Promise<WebhookView> {
    return this.webhooks.put({ tenant, webhookId }, request);
  }

  @Delete(':webhookId')
  @HttpCode(204)
  @Needs('alerts.write')
  @ApiOperation({ operationId: 'alertWebhooks.remove', summary: 'Send no more alerts to an address' })
  @ApiNoContentResponse()
  remove(@Param('webhookId', IdentifierPipe) webhookId: string, @CurrentCaller() { tenant }: Caller): Promise<void> {
    return this.webhooks.remove({ tenant, webhookId });
  }

  @Post(':webhookId/test')
  @HttpCode(200)
  @Needs('alerts.write')
  @Idempotent()
  @ApiOperation({ operationId: 'alertWebhooks.test', summary: 'Send a signed message of type `alert.test` now' })
  @ApiOkResponse({ type: WebhookTestView })
  test(@Param('webhookId', IdentifierPipe) webhookId: string, @CurrentCaller() { tenant }: Caller): Promise<WebhookTestView> {
    return this.webhooks.test({ tenant, webhookId });
  }

  @Get(':webhookId/attempts')
  @Needs('alerts.read')
  @ApiOperation({ operationId: 'alertWebhooks.attempts', summary: 'Single calls of a receiver, newest first; the last 200' })
  @ApiOkResponse({ type: AttemptsPage })
  attempts(
    @Param('webhookId', IdentifierPipe) webhookId: string,
    @Query() query: PageQuery,
    @CurrentCaller() { tenant }: Caller,
  ): Promise<AttemptsPage> {
    return this.webhooks.attempts({ tenant, webhookId }, pageOf(query));
  }
}
