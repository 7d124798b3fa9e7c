import { IsListOfSome, IsText, Pagination } from '@holdfast/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ALERT_TYPES, type AlertType } from '../alerts/alert-list.dto.js';
import { MAX_URL_LENGTH } from './limits.js';

const SECRET = 'Signing secret, whsec_ and the base64 of 24 to 64 bytes';

export class PutWebhookRequest {
  @IsText({ max: MAX_URL_LENGTH, description: 'Where alerts are posted to, http or https', example: 'https://shop.example/hooks/alerts' })
  readonly url!: string;

  @IsText({ max: 200, optional: true, description: `${SECRET}; without it the stored one stays, or one is made` })
  readonly secret?: string;

  @IsListOfSome(ALERT_TYPES, { max: ALERT_TYPES.length, optional: true, description: 'Types that are sent; without it all' })
  readonly types?: readonly AlertType[];
}

export const WEBHOOK_STATES = ['working', 'failing', 'gone'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

export class WebhookView {
  @ApiProperty()
  readonly webhookId!: string;

  @ApiProperty()
  readonly url!: string;

  @ApiProperty({ enum: ALERT_TYPES, isArray: true, nullable: true, description: 'Null: all' })
  readonly types!: readonly AlertType[] | null;

  @ApiProperty({ enum: WEBHOOK_STATES, description: 'gone: the receiver answered 410; put the webhook again' })
  readonly state!: WebhookState;

  @ApiProperty({ type: String, nullable: true, description: 'What the receiver answered last, where it did not take an alert' })
  readonly fault!: string | null;

  @ApiProperty({ type: 'integer', description: 'Attempts in a row that failed' })
  readonly failures!: number;

  @ApiProperty({ type: 'integer', description: 'Alerts that are not taken yet' })
  readonly waiting!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When an alert was taken last' })
  readonly deliveredAt!: string | null;

  @ApiPropertyOptional({ description: `${SECRET}; answered once, where it was made` })
  readonly secret?: string;
}

export class WebhooksView {
  @ApiProperty({ type: [WebhookView] })
  readonly webhooks!: readonly WebhookView[];
}

export class WebhookTestView {
  @ApiProperty({ description: 'Whether the receiver took a signed message of type `alert.test`' })
  readonly ok!: boolean;

  @ApiProperty({ description: 'In words' })
  readonly says!: string;
}

export const ATTEMPT_OUTCOMES = ['delivered', 'slow_down', 'failed', 'rejected', 'unauthorized', 'gone'] as const;

export class AttemptView {
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null in a test' })
  readonly alertId!: string | null;

  @ApiProperty({ example: 'alert.stock_out' })
  readonly type!: string;

  @ApiProperty({ enum: ATTEMPT_OUTCOMES, description: 'delivered: the receiver took it' })
  readonly outcome!: (typeof ATTEMPT_OUTCOMES)[number];

  @ApiProperty({ type: 'integer', description: 'Milliseconds until the answer' })
  readonly tookMs!: number;

  @ApiProperty({ type: String, nullable: true, description: 'What the receiver answered, where it did not take the message' })
  readonly says!: string | null;
}

export class AttemptsPage {
  @ApiProperty({ type: [AttemptView] })
  readonly attempts!: readonly AttemptView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
