import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { OwnReasonCodes, ReasonCodesView } from './reason-codes.dto.js';
import { ReasonCodes } from './reason-codes.js';

@ApiTags('Adjustments')
@Controller('api/inventory/adjustments/reason-codes')
export class ReasonCodesController {
  constructor(private readonly reasons: ReasonCodes) {}

  @Get()
  @Needs('inventory.adjust')
  @ApiOperation({ operationId: 'adjustments.reasonCodes', summary: 'Reasons for which on hand may change, then those of your own' })
  @ApiOkResponse({ type: ReasonCodesView })
  list(@CurrentCaller() { tenant }: Caller): Promise<ReasonCodesView> {
    return this.reasons.list(tenant);
  }

  @Put()
  @Needs('inventory.adjust')
  @Idempotent()
  @ApiOperation({
    operationId: 'adjustments.putReasonCodes',
    summary: 'Replace the reason codes of your own',
    description: 'What was booked keeps its code. 400 `reason_code_reserved` for a code that every tenant has.',
  })
  @ApiOkResponse({ type: ReasonCodesView })
  put(@Body() { reasonCodes }: OwnReasonCodes, @CurrentCaller() { tenant }: Caller): Promise<ReasonCodesView> {
    return this.reasons.put(tenant, reasonCodes);
  }
}
